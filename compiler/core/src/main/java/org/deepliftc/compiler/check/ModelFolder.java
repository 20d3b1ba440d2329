package org.deepliftc.compiler.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.data.DataFormatException;

/**
 * The folder of a model, which the files it names must lie in: a model from elsewhere must not read what else is on
 * this machine.
 */
final class ModelFolder {
    private static final int MOST_LISTED = 1000;

    private final Path root;

    ModelFolder(Path modelFile) {
        Path parent = modelFile.getParent();
        this.root = parent == null ? Path.of("") : parent;
    }

    /**
     * The path of a file that {@code written} names relative to {@code from}; it need not exist.
     *
     * @param from the folder of the file in which the name was written, this folder or one inside
     */
    Path resolve(Path from, String written, SourceSpan span) {
        Path path = parsed(written, span);
        Path resolved = from.resolve(path).normalize();
        Path bounds = root.toAbsolutePath().normalize();
        if (path.isAbsolute() || !resolved.toAbsolutePath().normalize().startsWith(bounds)) {
            throw outside(written, span);
        }
        try {
            if (Files.exists(resolved) && !resolved.toRealPath().startsWith(realRoot())) {
                throw outside(written, span);
            }
        } catch (IOException e) {
            throw Failure.of(Problem.FILE001, span, "'" + written + "' cannot be read: " + reason(e));
        }
        return resolved;
    }

    Path root() {
        return root;
    }

    private Path realRoot() throws IOException {
        return (root.toString().isEmpty() ? Path.of(".") : root).toRealPath();
    }

    private static Path parsed(String written, SourceSpan span) {
        if (written.isBlank()) {
            throw Failure.of(Problem.FILE001, span, "the name of the file is empty");
        }
        try {
            return Path.of(written);
        } catch (InvalidPathException e) {
            throw Failure.of(Problem.FILE001, span, "'" + written + "' is no name of a file: " + e.getReason());
        }
    }

    private static Failure outside(String written, SourceSpan span) {
        return Failure.of(
                Problem.FILE002,
                span,
                "'" + written + "' lies outside the model's folder",
                "copy the file next to the model, or below it, and name it relative to the model");
    }

    /** The diagnostic of a file that cannot be read, with names of files that are near. */
    static Failure unreadable(Path file, String written, SourceSpan span, IOException cause) {
        Diagnostic problem = Problem.FILE001.at(span, "'" + written + "' cannot be read: " + reason(cause));
        String otherwise = "the file is looked for at " + file;
        return Failure.of(
                Files.exists(file) ? problem : Suggestions.hinted(problem, fileName(file), siblings(file), otherwise));
    }

    static String reason(IOException e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof DataFormatException) {
            return ((DataFormatException) e).problem();
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "access is denied";
        }
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }

    private static String fileName(Path file) {
        return Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
    }

    private static List<String> siblings(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MOST_LISTED).map(ModelFolder::fileName).collect(Collectors.toList());
        } catch (IOException e) {
            return List.of();
        }
    }
}

package org.deepliftc.compiler.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.syntax.SourceFile;
import org.deepliftc.compiler.syntax.SourceParser;
import org.deepliftc.compiler.syntax.Statement;

/** Reads and parses a model's file and all it imports, each once, those imported first. */
final class SourceLoader {
    private static final long LARGEST = 16L << 20;
    private static final int MOST_FILES = 200;

    private final ModelFolder folder;
    private final Problems problems;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Set<Path> done = new HashSet<>();
    private final List<Path> open = new ArrayList<>();

    SourceLoader(ModelFolder folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** The files, the model's own last; files with syntax errors are left out and reported. */
    List<SourceFile> load(Path modelFile) {
        SourceSpan whole = new SourceSpan(modelFile.toString(), 0, 0, 0, 0);
        try {
            load(modelFile, modelFile.toString(), whole);
        } catch (Failure failure) {
            problems.add(failure);
        }
        problems.stopIfAny();
        return files;
    }

    List<String> texts() {
        return texts;
    }

    private void load(Path file, String written, SourceSpan span) {
        Path key = file.toAbsolutePath().normalize();
        requireNoCycle(key, span);
        if (!done.add(key)) {
            return;
        }
        if (done.size() > MOST_FILES) {
            throw Failure.of(Problem.LIMIT001, span, "the model imports more than " + MOST_FILES + " files");
        }
        String text = text(file, written, span);
        Optional<SourceFile> parsed = parse(file.toString(), text);
        if (parsed.isEmpty()) {
            return;
        }
        open.add(key);
        parsed.get().statements().forEach(statement -> follow(statement, file));
        open.remove(open.size() - 1);
        files.add(parsed.get());
        texts.add(text);
    }

    private Optional<SourceFile> parse(String name, String text) {
        try {
            return Optional.of(SourceParser.parse(name, text));
        } catch (DiagnosticException e) {
            e.diagnostics().forEach(problems::add);
            return Optional.empty();
        }
    }

    private void follow(Statement statement, Path from) {
        if (!(statement instanceof Statement.Import)) {
            return;
        }
        Statement.Import imported = (Statement.Import) statement;
        try {
            Path parent = from.getParent();
            Path file = folder.resolve(parent == null ? Path.of("") : parent, imported.path(), imported.span());
            load(file, imported.path(), imported.span());
        } catch (Failure failure) {
            problems.add(failure);
        }
    }

    private void requireNoCycle(Path key, SourceSpan span) {
        int start = open.indexOf(key);
        if (start >= 0) {
            List<Path> chain = new ArrayList<>(open.subList(start, open.size()));
            chain.add(key);
            throw Failure.of(
                    Problem.FILE004,
                    span,
                    "files import each other in a circle: "
                            + chain.stream()
                                    .map(p -> String.valueOf(p.getFileName()))
                                    .collect(Collectors.joining(" -> ")),
                    "move what they share into a file of its own");
        }
    }

    private static String text(Path file, String written, SourceSpan span) {
        byte[] bytes;
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw Failure.of(Problem.FILE001, span, "'" + written + "' is no file that can be read");
            }
            if (Files.exists(file) && Files.size(file) > LARGEST) {
                throw Failure.of(
                        Problem.FILE003,
                        span,
                        "'" + written + "' has " + Files.size(file) + " bytes; a .dlift file has at most " + LARGEST,
                        "put numbers into a weights file; is this the weights file itself?");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw ModelFolder.unreadable(file, written, span, e);
        }
        return decoded(bytes, written, span);
    }

    private static String decoded(byte[] bytes, String written, SourceSpan span) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return decoder.decode(buffer).toString();
        } catch (CharacterCodingException e) {
            int at = buffer.position();
            int line = 1;
            for (int i = 0; i < at; i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw Failure.of(
                    Problem.FILE003,
                    span,
                    "'" + written + "' is not UTF-8 text: byte " + at + " (line " + line + ") cannot be read",
                    "save it as UTF-8; is it a model file at all?");
        }
    }
}

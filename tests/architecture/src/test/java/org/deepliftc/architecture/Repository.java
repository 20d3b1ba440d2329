package org.deepliftc.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of the repository, without build output and without what tools keep there for themselves. */
record Repository(Path root, List<Path> files) {
    private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".vscode", ".settings", "target");
    private static final long LARGEST_TEXT = 4 << 20;

    /** Finds the root above the working directory and lists its files, relative to it. */
    static Repository open() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve(".mvn"))) {
            root = Optional.ofNullable(root.getParent())
                    .orElseThrow(() -> new IllegalStateException("no folder above this one holds .mvn"));
        }
        return new Repository(root, list(root));
    }

    /** A file's lines; empty for a binary file. */
    List<String> lines(Path file) {
        try {
            Path path = root.resolve(file);
            if (Files.size(path) > LARGEST_TEXT) {
                return List.of();
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes)
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException binary) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Java sources of the product: not of tests, examples, or generated. */
    List<Path> productSources() {
        return files.stream()
                .filter(file -> slashed(file).matches("(grammar|compiler|runtime)/(.*/)?src/main/java/.*\\.java"))
                .filter(file -> !slashed(file).contains("/src/it/"))
                .toList();
    }

    /** A path as it is written in Git, on every system. */
    static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static List<Path> list(Path root) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = NOT_OURS.contains(folder.getFileName().toString());
                    return skip && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    // In a linked worktree .git is a file.
                    if (attributes.isRegularFile() && !file.endsWith(".git")) {
                        files.add(root.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().toList();
    }
}

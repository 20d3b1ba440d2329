package org.deepliftc.maven;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.deepliftc.maven.GenerationCache.Output;

/**
 * Where generated files go.
 *
 * @param sources a source root of the project
 * @param resources a resource folder of the project
 */
record OutputFolders(Path sources, Path resources) {

    /** Writes a file unless it holds these bytes already, so that its time stamp stays and javac sees no change. */
    Output write(boolean resource, String path, byte[] bytes) throws IOException {
        Path file = root(resource).resolve(path);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling(file.getFileName() + ".part");
            try {
                Files.write(draft, bytes);
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
        return new Output(Fingerprint.of(bytes), resource, path);
    }

    /** True where the file is as it was written. */
    boolean holds(Output output) throws IOException {
        Path file = file(output);
        return Files.isRegularFile(file) && Fingerprint.of(file).equals(output.digest());
    }

    /** Deletes a file and the package folders this empties; a path that leads out of the folders is left alone. */
    boolean delete(Output output) throws IOException {
        Path root = root(output.resource()).normalize();
        Path file = file(output).normalize();
        if (!file.startsWith(root) || !Files.deleteIfExists(file)) {
            return false;
        }
        for (Path folder = file.getParent(); !folder.equals(root) && isEmpty(folder); folder = folder.getParent()) {
            Files.delete(folder);
        }
        return true;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            return !content.iterator().hasNext();
        }
    }

    private Path file(Output output) {
        return root(output.resource()).resolve(output.path());
    }

    private Path root(boolean resource) {
        return resource ? resources : sources;
    }
}

package org.deepliftc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesAFileInOneStep() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        AtomicFiles.write(file, out -> {
            out.write("new".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(file).hasContent("old");
        });
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryContaining(file::equals);
    }

    @Test
    void leavesNothingBehindOnFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write(1);
                    throw new IOException("disk on fire");
                }))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("disk on fire");
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void namesTheDirectoryThatCannotBeWritten() throws IOException {
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("none/a"), out -> {}))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("there is no directory " + folder.resolve("none"));
        assertThatThrownBy(() -> AtomicFiles.write(folder, out -> {})).hasMessageContaining("directory");
        Path file = Files.writeString(folder.resolve("f"), "");
        assertThatThrownBy(() -> AtomicFiles.write(file.resolve("a"), out -> {}))
                .isInstanceOf(DataFormatException.class);
    }
}

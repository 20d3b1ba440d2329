package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureWriteTest {
    private static final Picture PICTURE =
            new Picture(20, 10, List.of(new Rect(0, 0, 20, 10, Style.fill(Colour.POSITIVE))));

    @TempDir
    Path directory;

    @Test
    void extensionChoosesTheFormat() throws IOException {
        PICTURE.write(directory.resolve("a.svg"));
        PICTURE.write(directory.resolve("a.PNG"));
        assertThat(directory.resolve("a.svg"))
                .hasContent(SvgRenderer.render(PICTURE).stripTrailing());
        assertThat(ImageIO.read(directory.resolve("a.PNG").toFile()).getWidth()).isEqualTo(40);
        assertThat(files()).containsExactlyInAnyOrder("a.svg", "a.PNG");
    }

    @Test
    void anExistingPictureIsReplaced() throws IOException {
        Path file = Files.writeString(directory.resolve("a.svg"), "old and much longer than what follows".repeat(99));
        PICTURE.write(file);
        assertThat(Files.readString(file)).isEqualTo(SvgRenderer.render(PICTURE));
    }

    @Test
    void otherExtensionsAreRefused() {
        assertThat(Picture.canWrite(Path.of("a.npz"))).isFalse();
        assertThatThrownBy(() -> PICTURE.write(directory.resolve("a.pdf")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.pdf")
                .hasMessageContaining(".svg or .png");
    }

    @Test
    void missingDirectoriesAreNamed() {
        assertThatThrownBy(() -> PICTURE.write(directory.resolve("missing/a.svg")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing' is not a directory; create it first");
        assertThatThrownBy(() -> PICTURE.write(
                        Files.writeString(directory.resolve("f"), "").resolve("a.svg")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a directory");
        assertThatThrownBy(() -> PICTURE.write(Files.createDirectory(directory.resolve("d.png"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is a directory");
    }

    @Test
    void unwritableDirectoriesAreNamed() {
        assertThat(directory.toFile().setWritable(false)).isTrue();
        Assumptions.assumeFalse(Files.isWritable(directory), "this user may write anywhere");
        assertThatThrownBy(() -> PICTURE.write(directory.resolve("a.svg")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no permission");
    }

    @Test
    void aFailureLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(directory.resolve("a.png"), "precious");
        Picture tooWide = new Picture(1e6, 10, List.of());
        assertThatThrownBy(() -> tooWide.write(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.png")
                .hasMessageContaining("2000000");
        assertThat(file).hasContent("precious");
        assertThat(files()).containsExactly("a.png");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}

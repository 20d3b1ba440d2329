package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain --method A,B}: several methods over the same images in one picture. */
class ComparisonTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeModels() {
        new Workspace(folder)
                .text("image.dlift", "model Image { input x: float[2, 2, 2]\n output y = sum(relu(x - 0.5)) }")
                .text("table.dlift", "model Table { input x: float[8]\n output y = sum(relu(x - 0.5)) }")
                .npz("x.npz", Map.of("x", Workspace.npy(new float[] {1, 0, 1, 0, 0, 1, 1, 0}, 1, 2, 2, 2)))
                .npz("row.npz", Map.of("x", Workspace.npy(new float[] {1, 0, 1, 0, 0, 1, 1, 0}, 1, 8)));
    }

    private Cli run(String model, String input, String methods, String out) {
        return Cli.run(folder, "explain", "@/" + model, "--input", "@/" + input, "--method", methods, "-o", "@/" + out);
    }

    @Test
    void drawsMethodsSideBySide() throws Exception {
        assertThat(run("image.dlift", "x.npz", "gradient,gradient-x-input,deeplift,lrp", "all.svg")
                        .code())
                .isZero();

        String svg = Files.readString(folder.resolve("all.svg"));
        assertThat(svg).contains("original", "|gradient|", "gradient \u00d7 input", "DeepLIFT", "LRP");
        assertThat(svg).contains("reference zeros", "example 0", "output 2", "reference 0");
    }

    @Test
    void aFlagOfOneMethodMayStandBesideTheOthers() {
        String[] command = {
            "explain", "@/image.dlift", "--input", "@/x.npz", "--method", "gradient,integrated-gradients,lrp",
            "--steps", "4", "--lrp-epsilon", "0.1", "-o", "@/all.svg"
        };
        Cli run = Cli.run(folder, command);
        assertThat(run.code()).as("%s", run).isZero();
    }

    @Test
    void writesPngToo() throws Exception {
        assertThat(run("image.dlift", "x.npz", "gradient,deeplift", "two.png").code())
                .isZero();
        assertThat(ImageIO.read(folder.resolve("two.png").toFile())).isNotNull();
    }

    @Test
    void sendsArraysToOneMethodAtATime() {
        Cli run = run("image.dlift", "x.npz", "gradient,deeplift", "two.npz");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("two.npz with one --method at a time");
    }

    @Test
    void saysThatATableIsNoImage() {
        Cli run = run("table.dlift", "row.npz", "gradient,deeplift", "two.svg");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no input of the model is one");
    }

    @Test
    void namesAnUnknownMethod() {
        Cli run = run("image.dlift", "x.npz", "gradient,saliency", "two.svg");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("method 'saliency' is none of");
    }
}

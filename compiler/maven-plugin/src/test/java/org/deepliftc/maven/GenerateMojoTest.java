package org.deepliftc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateMojoTest {
    private final MavenProject project = new MavenProject();
    private final GenerateMojo mojo = new GenerateMojo();

    @TempDir
    Path folder;

    @BeforeEach
    void configure() throws ReflectiveOperationException {
        project.setFile(folder.resolve("pom.xml").toFile());
        project.setBuild(new Build());
        project.getBuild().setDirectory(folder.resolve("target").toString());
        set("project", project);
        set("pluginVersion", "1.0");
        set("executionId", "default");
        set("sourceDirectory", folder.resolve("models").toFile());
        set("outputDirectory", folder.resolve("sources").toFile());
        set("resourceDirectory", folder.resolve("resources").toFile());
    }

    @Test
    void registersItsFoldersEvenWhereItIsSkipped() throws Exception {
        set("skip", true);
        set("models", List.of(new ModelSettings())); // would be an error: no file
        mojo.execute();
        assertThat(project.getCompileSourceRoots())
                .containsExactly(folder.resolve("sources").toString());
        assertThat(project.getResources()).singleElement().satisfies(resource -> {
            assertThat(resource.getDirectory())
                    .isEqualTo(folder.resolve("resources").toString());
            assertThat(resource.getIncludes()).containsExactly("**/*.weights");
        });
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void succeedsWhereThereIsNoModel() throws Exception {
        mojo.execute();
        assertThat(folder.resolve("sources")).doesNotExist();
    }

    @Test
    void failsWithoutAStackTraceWhereTheSettingsAreWrong() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("models")).resolve("net.dlift"), "");
        set("defaults", Settings.of("method", "deeplft"));
        assertThatExceptionOfType(MojoFailureException.class)
                .isThrownBy(mojo::execute)
                .withMessageStartingWith("net.dlift: <method>: method 'deeplft' is none of: deeplift")
                .withNoCause();
    }

    private void set(String parameter, Object value) throws ReflectiveOperationException {
        Field field = GenerateMojo.class.getDeclaredField(parameter);
        field.setAccessible(true);
        field.set(mojo, value);
    }
}

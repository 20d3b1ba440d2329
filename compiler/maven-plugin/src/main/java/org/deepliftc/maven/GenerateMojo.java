package org.deepliftc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.deepliftc.compiler.diagnostic.DiagnosticRenderer;
import org.deepliftc.compiler.diagnostic.SourceTexts;

/**
 * Compiles every model of the project into a Java class that predicts and explains itself. The package is the model's
 * folder, the class is named after its file, and the class needs <code>deepliftc-runtime-core</code> alone.
 *
 * @since 0.1.0
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends AbstractMojo {

    /**
     * Where the models are.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project.basedir}/src/main/deepliftc")
    private File sourceDirectory;

    /**
     * Which files there are models: of the language, of ONNX and of Keras.
     *
     * @since 0.1.0
     */
    @Parameter
    private List<String> includes = List.of("**/*.dlift", "**/*.onnx", "**/*.keras", "**/*.h5", "**/*.hdf5");

    /**
     * Which of them are not: files that others import, for example, or that hold weights alone.
     *
     * @since 0.1.0
     */
    @Parameter
    private List<String> excludes = List.of("**/*.weights.h5");

    /**
     * Where the Java sources go; becomes a source root of the project.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/deepliftc")
    private File outputDirectory;

    /**
     * Where the weights files go, in the folders of their packages; becomes a resource folder of the project.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project.build.directory}/generated-resources/deepliftc")
    private File resourceDirectory;

    /**
     * Settings of single models. Each <code>model</code> has a <code>file</code>, relative to the source directory,
     * and any of: <code>className</code>, <code>packageName</code>, and the flags of <code>deepliftc explain</code>:
     * <code>output</code>, <code>at</code>, <code>target</code>, <code>reference</code> (or <code>references</code> by
     * input), <code>method</code>, <code>rule</code>, <code>rules</code> (by node or kind), <code>maxRule</code>,
     * <code>softmax</code>, <code>onehot</code>, <code>onehotNormalise</code>, <code>precision</code>,
     * <code>codeShape</code>, <code>backend</code>, <code>expectBatch</code>, <code>winograd</code>,
     * <code>hypothetical</code>; for files of other tools <code>batchAxis</code> (an axis, or <code>none</code>) and
     * <code>shapes</code> (by input, such as <code>N,3,224,224</code>). A file named twice becomes two classes.
     *
     * @since 0.1.0
     */
    @Parameter
    private List<ModelSettings> models = List.of();

    /**
     * Settings of all models, beaten by those of single ones, beating the <code>explain</code> section of a model.
     *
     * @since 0.1.0
     */
    @Parameter
    private ModelSettings defaults = new ModelSettings();

    /**
     * Generates nothing; what was generated before is still compiled.
     *
     * @since 0.1.0
     */
    @Parameter(property = "deepliftc.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
    private String pluginVersion;

    @Parameter(defaultValue = "${mojoExecution.executionId}", readonly = true)
    private String executionId;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        register();
        if (skip) {
            getLog().info("Skipped: deepliftc.skip is set");
            return;
        }
        Path target = Path.of(project.getBuild().getDirectory());
        Path cache = target.resolve("deepliftc").resolve(executionId + ".cache");
        OutputFolders folders = new OutputFolders(outputDirectory.toPath(), resourceDirectory.toPath());
        try {
            List<ModelTask> tasks = new ModelScan(
                            sourceDirectory.toPath(), project.getBasedir().toPath(), includes, excludes)
                    .tasks(models, defaults);
            report(new Generation(new DriverCompiler(), folders, cache, pluginVersion).run(tasks));
        } catch (IllegalArgumentException e) {
            throw new MojoFailureException(e.getMessage());
        } catch (IOException e) {
            throw new MojoExecutionException("the generated files could not be brought up to date: " + e, e);
        }
    }

    private void register() {
        project.addCompileSourceRoot(outputDirectory.getAbsolutePath());
        Resource weights = new Resource();
        weights.setDirectory(resourceDirectory.getAbsolutePath());
        weights.addInclude("**/*.weights");
        project.addResource(weights);
    }

    private void report(Generation.Outcome outcome) throws MojoFailureException {
        DiagnosticRenderer renderer = new DiagnosticRenderer(SourceTexts::fromDisk, false);
        outcome.warnings().forEach(warning -> getLog().warn(renderer.render(warning)));
        outcome.compiled().forEach(name -> getLog().info("Compiled " + name));
        if (!outcome.problems().isEmpty()) {
            throw new MojoFailureException("models with problems:\n\n" + renderer.render(outcome.problems()));
        }
        if (outcome.compiled().isEmpty()) {
            getLog().info(
                            outcome.upToDate() == 0
                                    ? "There is no model in " + sourceDirectory
                                    : "Up to date: " + outcome.upToDate()
                                            + (outcome.upToDate() == 1 ? " class" : " classes"));
        }
        if (outcome.deleted() > 0) {
            getLog().info("Deleted " + outcome.deleted() + " files of models that are gone");
        }
    }
}

package org.deepliftc.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.maven.GenerationCache.Entry;
import org.deepliftc.maven.GenerationCache.Output;

/** Brings the generated files in line with the models: compiles what changed, leaves the rest, deletes what is stale. */
final class Generation {

    /**
     * What was done.
     *
     * @param problems why models were not compiled; their old files are left and tried again next time
     */
    record Outcome(
            List<String> compiled, int upToDate, int deleted, List<Diagnostic> warnings, List<Diagnostic> problems) {}

    private final ModelCompiler compiler;
    private final OutputFolders folders;
    private final Path cacheFile;
    private final String pluginVersion;
    private final List<String> compiled = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final List<Diagnostic> problems = new ArrayList<>();
    private int upToDate;

    Generation(ModelCompiler compiler, OutputFolders folders, Path cacheFile, String pluginVersion) {
        this.compiler = compiler;
        this.folders = folders;
        this.cacheFile = cacheFile;
        this.pluginVersion = pluginVersion;
    }

    /** Generates all classes of a project; what the last run made and these tasks do not is deleted. */
    Outcome run(List<ModelTask> tasks) throws IOException {
        GenerationCache before = GenerationCache.read(cacheFile);
        GenerationCache after = new GenerationCache();
        for (ModelTask task : tasks) {
            Optional<Entry> old = before.entry(task.qualifiedName());
            try {
                after.put(task.qualifiedName(), generate(task, old));
            } catch (DiagnosticException e) {
                problems.addAll(e.diagnostics());
                old.ifPresent(entry -> after.put(task.qualifiedName(), new Entry("failed", entry.outputs())));
            }
        }
        int deleted = deleteStale(before, after);
        store(after.text());
        return new Outcome(compiled, upToDate, deleted, warnings, problems);
    }

    private Entry generate(ModelTask task, Optional<Entry> old) throws IOException {
        CheckedModel checked = compiler.read(task.file(), task.importing());
        Model model = named(checked.model(), task.name());
        String key = Fingerprint.of(pluginVersion, model, task);
        if (old.isPresent() && old.get().key().equals(key) && isIntact(old.get())) {
            upToDate++;
            return old.get();
        }
        CompiledClass made = compiler.compile(model, task.options());
        warnings.addAll(checked.warnings());
        warnings.addAll(made.warnings());
        compiled.add(made.qualifiedName());
        String path = made.qualifiedName().replace('.', '/');
        List<Output> outputs = new ArrayList<>();
        outputs.add(folders.write(false, path + ".java", made.javaSource().getBytes(StandardCharsets.UTF_8)));
        if (made.weights().length > 0) {
            outputs.add(folders.write(true, path + ".weights", made.weights()));
        }
        return new Entry(key, outputs);
    }

    /** The same model under a name that holds on every machine: generated classes tell where they come from. */
    private static Model named(Model model, String name) {
        return new Model(
                model.name(),
                model.graph(),
                model.inputs(),
                model.explain(),
                name,
                model.sourceDigest(),
                model.aliases());
    }

    private boolean isIntact(Entry entry) throws IOException {
        for (Output output : entry.outputs()) {
            if (!folders.holds(output)) {
                return false;
            }
        }
        return true;
    }

    private int deleteStale(GenerationCache before, GenerationCache after) throws IOException {
        Set<String> kept = new HashSet<>();
        after.outputs().forEach(output -> kept.add(output.path()));
        int deleted = 0;
        for (Output output : before.outputs()) {
            if (!kept.contains(output.path()) && folders.delete(output)) {
                deleted++;
            }
        }
        return deleted;
    }

    private void store(String text) throws IOException {
        Files.createDirectories(cacheFile.getParent());
        Files.writeString(cacheFile, text, StandardCharsets.UTF_8);
    }
}

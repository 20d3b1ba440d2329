package org.deepliftc.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.codehaus.plexus.util.DirectoryScanner;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.importer.ImportOptions;

/**
 * Finds the models of a project and joins them with their settings. A model without settings of its own becomes one
 * class; one with several settings becomes several.
 *
 * @param sources the folder the packages begin in
 * @param project the folder relative files of settings begin in
 */
record ModelScan(Path sources, Path project, List<String> includes, List<String> excludes) {

    /**
     * The classes to generate, in the order of the models' names.
     *
     * @throws IllegalArgumentException where the settings are wrong, saying what to do
     */
    List<ModelTask> tasks(List<ModelSettings> models, ModelSettings defaults) {
        Set<String> found = found();
        for (ModelSettings model : models) {
            String file = model.file()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "a <model> has no <file>; name a model relative to " + sources));
            if (!found.contains(file.replace('\\', '/'))) {
                throw new IllegalArgumentException("<file>" + file + "</file> is no model of this project; below "
                        + sources + " there is " + (found.isEmpty() ? "none" : String.join(", ", found)));
            }
        }
        ClassNames names = new ClassNames();
        List<ModelTask> tasks = new ArrayList<>();
        for (String name : found) {
            for (ModelSettings settings : settingsOf(name, models)) {
                ModelTask task = task(name, settings, defaults);
                names.claim(task);
                tasks.add(task);
            }
        }
        return tasks;
    }

    private static List<ModelSettings> settingsOf(String name, List<ModelSettings> models) {
        List<ModelSettings> own = models.stream()
                .filter(model -> model.file().orElseThrow().replace('\\', '/').equals(name))
                .toList();
        return own.isEmpty() ? List.of(new ModelSettings()) : own;
    }

    private ModelTask task(String name, ModelSettings settings, ModelSettings defaults) {
        String packageName = settings.packageName()
                .or(defaults::packageName)
                .map(given -> ClassNames.checkedPackageName(name, given))
                .orElseGet(() -> ClassNames.packageName(name));
        String className = settings.className()
                .map(given -> ClassNames.checkedClassName(name, given))
                .orElseGet(() -> ClassNames.className(name));
        CompileOptions options;
        ImportOptions importing;
        try {
            options = settings.options(defaults, project);
            importing = settings.importing();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        return new ModelTask(
                sources.resolve(name), name, importing, options.named(packageName, Optional.of(className)));
    }

    private Set<String> found() {
        if (!Files.isDirectory(sources)) {
            return Set.of();
        }
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(sources.toFile());
        scanner.setIncludes(includes.toArray(String[]::new));
        scanner.setExcludes(excludes.toArray(String[]::new));
        scanner.addDefaultExcludes();
        scanner.scan();
        String[] files = scanner.getIncludedFiles();
        for (int i = 0; i < files.length; i++) {
            files[i] = files[i].replace('\\', '/');
        }
        Arrays.sort(files);
        return new LinkedHashSet<>(List.of(files));
    }
}

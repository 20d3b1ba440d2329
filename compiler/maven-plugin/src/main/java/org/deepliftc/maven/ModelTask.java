package org.deepliftc.maven;

import java.nio.file.Path;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.importer.ImportOptions;

/**
 * One class to generate.
 *
 * @param file the model
 * @param name how messages call it: its path below the source directory, with slashes
 * @param importing what the model's file leaves open, where another tool wrote it
 * @param options how to compile it, package and class name included
 */
record ModelTask(Path file, String name, ImportOptions importing, CompileOptions options) {

    /** A class of a model in the language, or of a file that says everything. */
    ModelTask(Path file, String name, CompileOptions options) {
        this(file, name, ImportOptions.DEFAULT, options);
    }

    /** {@code package.Class}. */
    String qualifiedName() {
        String simple = options.className().orElseThrow();
        return options.packageName().isEmpty() ? simple : options.packageName() + "." + simple;
    }
}

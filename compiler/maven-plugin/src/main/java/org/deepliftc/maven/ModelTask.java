package org.deepliftc.maven;

import java.nio.file.Path;
import org.deepliftc.compiler.driver.CompileOptions;

/**
 * One class to generate.
 *
 * @param file the model
 * @param name how messages call it: its path below the source directory, with slashes
 * @param options how to compile it, package and class name included
 */
record ModelTask(Path file, String name, CompileOptions options) {

    /** {@code package.Class}. */
    String qualifiedName() {
        String simple = options.className().orElseThrow();
        return options.packageName().isEmpty() ? simple : options.packageName() + "." + simple;
    }
}

package org.deepliftc.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;

/** The models of {@code generated-examples}, found from the module or from the repository's root. */
final class Examples {
    private Examples() {}

    static Path file(String name) {
        Path fromRoot = Path.of("generated-examples", name, name + ".dlift");
        return Files.exists(fromRoot) ? fromRoot : Path.of("../..").resolve(fromRoot);
    }

    static Model model(String name) {
        return Compiler.read(file(name));
    }
}

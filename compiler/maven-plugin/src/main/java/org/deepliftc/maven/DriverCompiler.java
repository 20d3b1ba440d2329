package org.deepliftc.maven;

import java.nio.file.Path;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;

/** The compiler itself. */
final class DriverCompiler implements ModelCompiler {

    @Override
    public Model read(Path file) {
        return Compiler.read(file);
    }

    @Override
    public CompiledClass compile(Model model, CompileOptions options) {
        return Compiler.compile(model, options);
    }
}

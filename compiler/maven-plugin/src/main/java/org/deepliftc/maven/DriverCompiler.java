package org.deepliftc.maven;

import java.nio.file.Path;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.importer.ImportOptions;

/** The compiler itself. */
final class DriverCompiler implements ModelCompiler {

    @Override
    public CheckedModel read(Path file, ImportOptions options) {
        return Compiler.check(file, options);
    }

    @Override
    public CompiledClass compile(Model model, CompileOptions options) {
        return Compiler.compile(model, options);
    }
}

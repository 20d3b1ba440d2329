package org.deepliftc.maven;

import java.nio.file.Path;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.importer.ImportOptions;

/** What the plugin needs of the compiler; every problem of the user's is a {@link DiagnosticException}. */
interface ModelCompiler {

    /**
     * Reads and checks a model and everything it imports.
     *
     * @param options about files of other tools
     */
    CheckedModel read(Path file, ImportOptions options);

    /** Compiles a model that was read. */
    CompiledClass compile(Model model, CompileOptions options);
}

package org.deepliftc.maven;

import java.nio.file.Path;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.graph.Model;

/** What the plugin needs of the compiler; every problem of the user's is a {@link DiagnosticException}. */
interface ModelCompiler {

    /** Reads and checks a model and everything it imports. */
    Model read(Path file);

    /** Compiles a model that was read. */
    CompiledClass compile(Model model, CompileOptions options);
}

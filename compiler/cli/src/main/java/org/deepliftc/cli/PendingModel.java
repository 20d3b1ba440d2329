package org.deepliftc.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.runtime.CompiledModel;

/** A class being compiled while the examples are read. */
final class PendingModel {
    private final CompletableFuture<CompiledModel> model;

    private PendingModel(CompletableFuture<CompiledModel> model) {
        this.model = model;
    }

    /** Begins to compile and load. */
    static PendingModel compile(Model model, CompileOptions options) {
        return new PendingModel(CompletableFuture.supplyAsync(() -> Compiler.load(Compiler.compile(model, options))));
    }

    /** Waits for the class; what went wrong is thrown as if it had happened here. */
    CompiledModel join() {
        try {
            return model.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw e;
        }
    }
}

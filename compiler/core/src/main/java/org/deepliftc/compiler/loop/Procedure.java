package org.deepliftc.compiler.loop;

import java.util.List;
import java.util.Objects;

/**
 * One step of the program: computes one node, or one fused group of nodes, from buffers into buffers.
 *
 * @param name a proposal, made from the node's name
 * @param comment lines for the reader: node, place in the model, rule and equation
 * @param reads the buffers it reads, each once, in order of first use
 * @param writes the buffers it writes; a buffer may be in both lists
 * @param referenceCount the local that stands for the number of references, where the step needs it
 */
public record Procedure(
        String name,
        List<String> comment,
        List<Buffer> reads,
        List<Buffer> writes,
        java.util.Optional<Expr.Var> referenceCount,
        List<Stmt> body) {
    public Procedure {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(referenceCount, "referenceCount");
        comment = List.copyOf(comment);
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        body = List.copyOf(body);
    }
}

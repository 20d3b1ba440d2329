package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of the program: computes one node, or one fused group of nodes, from buffers into buffers.
 *
 * @param name a proposal, made from the node's name
 * @param comment lines for the reader: node, place in the model, rule and equation
 * @param reads the buffers it reads, each once, in order of first use
 * @param writes the buffers it writes; a buffer may be in both lists
 * @param referenceCount the local that stands for the number of references, where the step needs it
 * @param rows the local that stands for the rows of the tile, where the step runs over them
 * @param steps the locals that stand for the distance between the rows of buffers that other loops made
 */
public record Procedure(
        String name,
        List<String> comment,
        List<Buffer> reads,
        List<Buffer> writes,
        Optional<Expr.Var> referenceCount,
        Optional<Expr.Var> rows,
        Map<Buffer, Expr.Var> steps,
        List<Stmt> body) {
    public Procedure {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(referenceCount, "referenceCount");
        Objects.requireNonNull(rows, "rows");
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        comment = List.copyOf(comment);
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        body = List.copyOf(body);
    }

    /** A step that knows nothing of tiles. */
    public Procedure(
            String name,
            List<String> comment,
            List<Buffer> reads,
            List<Buffer> writes,
            Optional<Expr.Var> referenceCount,
            List<Stmt> body) {
        this(name, comment, reads, writes, referenceCount, Optional.empty(), Map.of(), body);
    }

    /** The locals that the caller gives, in the order of the parameters. */
    public List<Expr.Var> parameters() {
        List<Expr.Var> all = new ArrayList<>();
        rows.ifPresent(all::add);
        all.addAll(steps.values());
        referenceCount.ifPresent(all::add);
        return all;
    }
}

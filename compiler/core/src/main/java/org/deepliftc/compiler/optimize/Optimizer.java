package org.deepliftc.compiler.optimize;

import java.util.List;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Op;

/** The passes over a graph, in order. */
public final class Optimizer {
    /** Beyond this many rounds a rewrite that undoes another is a defect, not progress. */
    private static final int MOST_ROUNDS = 8;

    /** Steps up to which a recurrence is no loop. */
    private static final int FEW_STEPS = 2;

    private static final List<Pass> CANONICALISE = List.of(
            new UnrollScans(FEW_STEPS), // in front of all else: its steps are nodes like others
            new ExpandBatchNorm(), // its statistics are constants: a product and a sum that fold and fuse
            new ExpandProducts(), // values and slopes of x g(x) share g
            new ExpandPadding(), // convolutions without borders to mind
            new FixedPicks(), // one position of what is explained, that others need not be computed
            new MergeDuplicates()); // rules ask for the same value more than once

    private static final List<Pass> SIMPLIFY = List.of(
            new FoldConstants(), // the reference when it is known, the linear tail for a fixed target
            new DropIdentities(), // what is left of a reference of zeros
            new ScalesFirst(), // products come to stand next to the weights that can take them up
            new FoldScales(Linear.Side.ROWS), // batch norm behind a layer, in both directions
            new FoldScales(Linear.Side.COLUMNS), // and in front of one
            new FoldShifts(), // its sums, and those with scalars, into biases
            new MergeSteps(), // what no weights took up costs one operation
            new MergeDuplicates()); // folding makes values equal

    private static final List<Pass> LOOSEN = List.of(
            new SimplifyBodies(CANONICALISE), // steps of recurrences are graphs too
            new SimplifyBodies(SIMPLIFY),
            new HoistFromScans(), // what needs no state is done for all steps together
            new SimplifyBodies(List.of())); // and what only that needed is gone

    private static final List<Pass> CHOOSE_FORMS = List.of(
            new ReuseWinners(), // one search for the largest value instead of two
            new SinkScatters(), // slopes only where a pool hands something back
            new GatherOperands(), // and what they need only there
            new DirectTransposes(), // sums in registers instead of scattered ones
            new NarrowConvolutions(), // nothing is handed back to padding
            new FoldConstants(),
            new DropIdentities(),
            new MergeDuplicates());

    private Optimizer() {}

    /** The same outputs, computed with less. */
    public static Graph optimize(Graph graph) {
        Graph simplified = toFixpoint(SIMPLIFY, all(CANONICALISE, graph));
        boolean recurrent = simplified.nodes().stream().anyMatch(n -> n.op() instanceof Op.Scan);
        if (recurrent) {
            simplified = toFixpoint(SIMPLIFY, all(LOOSEN, simplified));
        }
        // Behind folding, for a fixed target shows as a constant that is 0 but for a few positions.
        Graph narrowed = new NarrowWindows().run(simplified);
        return all(CHOOSE_FORMS, toFixpoint(SIMPLIFY, narrowed));
    }

    private static Graph all(List<Pass> passes, Graph graph) {
        Graph current = graph;
        for (Pass pass : passes) {
            current = pass.run(current);
        }
        return current;
    }

    private static Graph toFixpoint(List<Pass> passes, Graph graph) {
        Graph current = graph;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Graph next = all(passes, current);
            if (next.nodes().size() == current.nodes().size()) {
                return next;
            }
            current = next;
        }
        return current;
    }
}

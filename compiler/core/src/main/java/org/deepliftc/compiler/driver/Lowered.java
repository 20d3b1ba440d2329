package org.deepliftc.compiler.driver;

import java.util.Optional;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.LoopVerifier;
import org.deepliftc.compiler.lower.LowerModel;
import org.deepliftc.compiler.optimize.Optimizer;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.compiler.schedule.ScalarSchedule;
import org.deepliftc.compiler.schedule.TileChoice;

/**
 * An explanation as optimised graphs and as the loops that compute them.
 *
 * @param forward the model's outputs
 * @param joint the explanation
 */
record Lowered(Graph forward, Graph joint, LoopProgram program) {

    /** The program with as many rows abreast as suit it. */
    static Lowered of(Explanation explanation, JointGraph derived, CompileOptions options) {
        boolean inFloat = options.precision() == CompileOptions.Precision.FLOAT;
        boolean direct = !options.winograd() || !inFloat;
        Model model = explanation.model();
        Graph forward = Optimizer.optimize(Graph.of(model.name(), model.graph().outputs()));
        Graph joint = Optimizer.optimize(derived.graph());
        LowerModel.Request one = request(explanation, derived, 1, direct ? Optional.empty() : Optional.of(1), inFloat);
        LoopProgram single = program(model, forward, joint, one);
        int tile =
                ScalarSchedule.isStraight(single, options.shape()) ? 1 : TileChoice.of(single, options.expectedBatch());
        if (tile == 1) {
            return new Lowered(forward, joint, single);
        }
        int rows = one.referencesGiven() ? tile : Math.min(tile, options.expectedBatch());
        LowerModel.Request tiled =
                request(explanation, derived, tile, direct ? Optional.empty() : Optional.of(rows), inFloat);
        return new Lowered(forward, joint, program(model, forward, joint, tiled));
    }

    private static LowerModel.Request request(
            Explanation explanation, JointGraph derived, int tile, Optional<Integer> winograd, boolean inFloat) {
        return new LowerModel.Request(
                explanation.usesReference() && explanation.references().isEmpty(),
                explanation.target() instanceof Explanation.Given,
                explanation.target().indices(),
                explanation.layers().stream().map(Node::name).toList(),
                derived.notes(),
                tile,
                winograd,
                inFloat);
    }

    private static LoopProgram program(Model model, Graph forward, Graph joint, LowerModel.Request request) {
        LoopProgram program = LowerModel.run(model, forward, joint, request);
        assert LoopVerifier.problems(program).isEmpty() : LoopVerifier.problems(program);
        return program;
    }
}

package org.deepliftc.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ResultNames;
import org.deepliftc.compiler.interpret.JointInterpreter;
import org.deepliftc.compiler.rule.DeriveMultipliers;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.compiler.rule.NormaliseOneHot;

/** The model in the language, derived into a joint graph and interpreted: no passes, no code generation. */
final class DerivedRun implements CaseRun {

    @Override
    public Result run(ConformanceCase of, MethodKey key) {
        Model model = Compiler.read(of.model());
        Explanation explanation =
                NormaliseOneHot.run(Compiler.resolve(model, CompileOptions.DEFAULT.withExplain(key.options())));
        JointGraph joint = DeriveMultipliers.run(explanation);
        List<double[]> all = new ArrayList<>();
        of.inputs().forEach(input -> all.add(new double[of.actual(input).length]));
        double[] output = new double[of.examples()];
        double[] referenceOutput = new double[explanation.usesReference() ? of.examples() : 0];
        for (int e = 0; e < of.examples(); e++) {
            JointInterpreter interpreter = new JointInterpreter(
                    joint.graph(),
                    bound(of, model, Op.Role.ACTUAL, e),
                    List.of(bound(of, model, Op.Role.REFERENCE, e)),
                    List.of(Map.of()));
            for (int i = 0; i < all.size(); i++) {
                double[] each = interpreter.value(result(joint, ResultNames.CONTRIBUTIONS + i), 0, 0);
                System.arraycopy(each, 0, all.get(i), e * each.length, each.length);
            }
            output[e] = interpreter.value(result(joint, ResultNames.OUTPUT), 0, 0)[0];
            if (explanation.usesReference()) {
                referenceOutput[e] = interpreter.value(result(joint, ResultNames.REFERENCE_OUTPUT), 0, 0)[0];
            }
        }
        return new Result(all, output, referenceOutput);
    }

    private static Node result(JointGraph joint, String name) {
        return joint.graph().outputs().get(name);
    }

    private static Map<Op.Input, double[]> bound(ConformanceCase of, Model model, Op.Role role, int example) {
        Map<Op.Input, double[]> bound = new HashMap<>();
        for (int i = 0; i < model.inputs().size(); i++) {
            Model.InputDeclaration input = model.inputs().get(i);
            double[] all = role == Op.Role.ACTUAL ? of.actual(input.name()) : of.reference(input.name());
            int size = input.shape().size();
            double[] row = Arrays.copyOfRange(all, example * size, (example + 1) * size);
            bound.put(new Op.Input(role, i, input.shape(), ElementType.REAL), row);
        }
        return bound;
    }
}

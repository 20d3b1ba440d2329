package org.deepliftc.compiler.loop;

import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Shape;

/**
 * A network as loops over flat arrays: what every printer prints. The order of every sum stands here, before printing,
 * so that all printers give the same bits.
 *
 * @param inputs INPUT buffers of the model's inputs, in declared order
 * @param referenceInputs REFERENCE_INPUT buffers, one per input, where references are given at run time; else empty
 * @param predictions RESULT buffers of the model's outputs, in declared order
 * @param results RESULT buffers of the explanation by role
 * @param constants every constant the steps read
 * @param steps the procedures of each phase, in order
 * @param slots the memory plan: for each WORKSPACE buffer the number of the array it lies in; buffers of one array are
 *     never alive together
 * @param targets the flat target indices bound when compiling; empty where they are given with each call or chosen
 *     by example
 * @param targetsGiven true where the caller gives target indices with each call
 * @param tile the most rows (examples, or references of one example) that steps run over together
 * @param points on the path from reference to example, at each of which what belongs to a pair is done; 1 where there is no
 *     path
 */
public record LoopProgram(
        List<Port> inputs,
        List<Buffer> referenceInputs,
        List<Port> predictions,
        Results results,
        List<ConstantBuffer> constants,
        Map<Phase, List<Procedure>> steps,
        Map<Buffer, Integer> slots,
        List<Integer> targets,
        boolean targetsGiven,
        int tile,
        int points) {

    /** Elements that every array of a session has beyond what it holds, so that vectors may reach over its end. */
    public static final int SLACK = 16;

    /**
     * A buffer that crosses the interface of the class, under the model's own name and shape.
     *
     * @param codes whether the caller may give a byte for each position instead of a column along the first axis
     */
    public record Port(String name, Shape shape, Buffer buffer, boolean codes) {
        /** A port of numbers alone. */
        public Port(String name, Shape shape, Buffer buffer) {
            this(name, shape, buffer, false);
        }
    }

    /**
     * The results of one example and target.
     *
     * @param contributions one per input
     * @param multipliers one per input, the mean over references; empty where contributions are the scores themselves
     * @param hypothetical one per input, empty where not asked for
     * @param layers the contributions of inner nodes, under their names
     * @param output the explained value (size 1)
     * @param referenceOutput its value on the reference (size 1); absent for methods without a reference
     * @param convergenceDelta sum of contributions less the change of the output (size 1); absent likewise
     */
    public record Results(
            List<Buffer> contributions,
            List<Buffer> multipliers,
            List<Buffer> hypothetical,
            List<Port> layers,
            Buffer output,
            java.util.Optional<Buffer> referenceOutput,
            java.util.Optional<Buffer> convergenceDelta) {
        /** Results that tell of no inner nodes. */
        public Results(
                List<Buffer> contributions,
                List<Buffer> multipliers,
                List<Buffer> hypothetical,
                Buffer output,
                java.util.Optional<Buffer> referenceOutput,
                java.util.Optional<Buffer> convergenceDelta) {
            this(contributions, multipliers, hypothetical, List.of(), output, referenceOutput, convergenceDelta);
        }

        public Results {
            contributions = List.copyOf(contributions);
            multipliers = List.copyOf(multipliers);
            hypothetical = List.copyOf(hypothetical);
            layers = List.copyOf(layers);
        }
    }

    /** A program of one row at a time. */
    public LoopProgram(
            List<Port> inputs,
            List<Buffer> referenceInputs,
            List<Port> predictions,
            Results results,
            List<ConstantBuffer> constants,
            Map<Phase, List<Procedure>> steps,
            Map<Buffer, Integer> slots,
            List<Integer> targets,
            boolean targetsGiven) {
        this(inputs, referenceInputs, predictions, results, constants, steps, slots, targets, targetsGiven, 1, 1);
    }

    public LoopProgram {
        inputs = List.copyOf(inputs);
        referenceInputs = List.copyOf(referenceInputs);
        predictions = List.copyOf(predictions);
        constants = List.copyOf(constants);
        steps = java.util.Collections.unmodifiableMap(new java.util.EnumMap<>(steps));
        slots = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(slots));
        targets = List.copyOf(targets);
    }

    /** The program with other steps. */
    public LoopProgram withSteps(Map<Phase, List<Procedure>> others) {
        return new LoopProgram(
                inputs,
                referenceInputs,
                predictions,
                results,
                constants,
                others,
                slots,
                targets,
                targetsGiven,
                tile,
                points);
    }

    public List<Procedure> steps(Phase phase) {
        return steps.getOrDefault(phase, List.of());
    }
}

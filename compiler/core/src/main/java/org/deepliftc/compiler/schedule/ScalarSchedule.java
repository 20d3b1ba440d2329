package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.runtime.ModelDescription.ElementType;

/** Makes a program ready for a printer of scalar code: no lanes, and no procedure too large for HotSpot. */
public final class ScalarSchedule {

    /** Lanes abreast: eight independent sums hide the latency of two fused multiply-adds per cycle. */
    private static final int[] BLOCKS = {8, 4, 2, 1};

    private ScalarSchedule() {}

    /**
     * The scheduled program, which computes the same bits.
     *
     * @param type the precision that literals are folded in
     */
    public static LoopProgram run(LoopProgram program, CodeShape shape, ElementType type) {
        LoopProgram shaped = isStraight(program, shape) ? StraightLine.run(program, type) : program;
        Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
        shaped.steps().forEach((phase, procedures) -> {
            List<Procedure> scheduled = new ArrayList<>();
            procedures.forEach(p -> scheduled.addAll(withoutLanes(p)));
            steps.put(phase, scheduled);
        });
        return shaped.withSteps(steps);
    }

    /** True where a program becomes straight lines. */
    public static boolean isStraight(LoopProgram program, CodeShape shape) {
        return shape == CodeShape.STRAIGHT || shape == CodeShape.AUTO && StraightLine.applies(program);
    }

    private static List<Procedure> withoutLanes(Procedure procedure) {
        List<Procedure> parts = List.of();
        for (int block : BLOCKS) {
            parts = SplitProcedure.run(new SplitLanes(block).run(procedure)).stream()
                    .map(OutlineLoops::run)
                    .toList();
            if (parts.stream().allMatch(p -> BytecodeSize.fits(p.body()))) {
                return parts;
            }
        }
        return parts;
    }
}

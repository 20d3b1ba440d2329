package org.deepliftc.compiler.emit.java;

import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.schedule.ScalarSchedule;
import org.deepliftc.compiler.schedule.VectorSchedule;
import org.deepliftc.runtime.ModelDescription.ElementType;
import org.deepliftc.runtime.ModelDescription.ReferenceBinding;
import org.deepliftc.runtime.ModelDescription.TargetBinding;

/** From a loop program to a Java class: schedules it for scalar code and prints it. */
public final class JavaBackend {
    private JavaBackend() {}

    /**
     * The class of a program.
     *
     * @throws IllegalArgumentException if header and program do not agree about what is given with each call, or a name is
     *     too long
     */
    public static GeneratedClass generate(LoopProgram program, ClassHeader header) {
        require(
                (header.reference() == ReferenceBinding.GIVEN)
                        == !program.referenceInputs().isEmpty(),
                "references");
        require((header.target() == TargetBinding.GIVEN) == program.targetsGiven(), "targets");
        program.inputs().forEach(port -> ClassHeader.requireShort(port.name()));
        program.predictions().forEach(port -> ClassHeader.requireShort(port.name()));
        return print(layout(program, header));
    }

    /** The scheduled steps of the class's fastest code: its vector code where it has any. */
    public static Map<Phase, List<Procedure>> steps(LoopProgram program, ClassHeader header) {
        return hasVectors(program, header)
                ? VectorSchedule.run(program)
                : ScalarSchedule.run(program, header.shape(), header.elementType())
                        .steps();
    }

    /** {@code vector} where the class has vector code beside its scalar code, else {@code scalar}. */
    public static String backend(LoopProgram program, ClassHeader header) {
        return layout(program, header).backend();
    }

    /** Bytes of the arrays of one session, with one target where those are given and a tile of references. */
    public static long workspaceBytes(LoopProgram program, ClassHeader header) {
        return layout(program, header).workspaceBytes();
    }

    private static boolean hasVectors(LoopProgram program, ClassHeader header) {
        boolean straight = ScalarSchedule.isStraight(program, header.shape());
        return header.vectors() && !straight && header.elementType() == ElementType.FLOAT;
    }

    /** The class of a program that is scheduled already: without lanes, each procedure small enough for a method. */
    static GeneratedClass print(LoopProgram scheduled, ClassHeader header) {
        return print(new Layout(scheduled, Map.of(), header));
    }

    private static Layout layout(LoopProgram program, ClassHeader header) {
        LoopProgram scheduled = ScalarSchedule.run(program, header.shape(), header.elementType());
        return new Layout(scheduled, hasVectors(program, header) ? VectorSchedule.run(program) : Map.of(), header);
    }

    private static GeneratedClass print(Layout layout) {
        ClassHeader header = layout.header;
        WeightsFile weights = WeightsFile.of(layout.stored(), header.elementType());
        String source = ModelClass.print(layout, weights).toString();
        return new GeneratedClass(
                header.packageName(),
                header.className(),
                SourceText.ascii(SourceText.laidOut(source)),
                weights.bytes());
    }

    private static void require(boolean agrees, String what) {
        if (!agrees) {
            throw new IllegalArgumentException(
                    "header and program disagree about whether " + what + " are given with each call");
        }
    }
}

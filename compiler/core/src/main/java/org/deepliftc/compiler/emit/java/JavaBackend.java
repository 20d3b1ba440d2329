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
        LoopProgram scheduled = ScalarSchedule.run(program, header.shape(), header.elementType());
        boolean straight = ScalarSchedule.isStraight(program, header.shape());
        boolean vectors = header.vectors() && !straight && header.elementType() == ElementType.FLOAT;
        return print(scheduled, vectors ? VectorSchedule.run(program) : Map.of(), header);
    }

    /** The class of a program that is scheduled already: without lanes, each procedure small enough for a method. */
    static GeneratedClass print(LoopProgram scheduled, ClassHeader header) {
        return print(scheduled, Map.of(), header);
    }

    private static GeneratedClass print(
            LoopProgram scheduled, Map<Phase, List<Procedure>> vectors, ClassHeader header) {
        Layout layout = new Layout(scheduled, vectors, header);
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

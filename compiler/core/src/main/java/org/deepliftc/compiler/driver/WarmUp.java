package org.deepliftc.compiler.driver;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.compiler.schedule.CodeShape;

/**
 * Loads the classes of the later phases on another core while a command reads its model: most of a first compilation
 * is the JVM meeting JavaPoet and Janino.
 */
public final class WarmUp {
    private WarmUp() {}

    /** Starts compiling a model of one neuron in the background; does nothing on a single core. */
    public static void start() {
        if (Runtime.getRuntime().availableProcessors() > 1) {
            Thread thread = new Thread(WarmUp::compileOneNeuron, "deepliftc-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** To scalar code: who has so much work that vector code pays has time to meet its classes too. */
    private static void compileOneNeuron() {
        CompileOptions options =
                CompileOptions.DEFAULT.withShape(CodeShape.LOOPS).withBackend(Backend.SCALAR);
        Compiler.load(Compiler.compile(oneNeuron(), options));
    }

    private static Model oneNeuron() {
        GraphBuilder builder = new GraphBuilder();
        Node x = builder.add(new Op.Input(Op.Role.ACTUAL, 0, Shape.of(2), ElementType.REAL), "x");
        Node weights = builder.constant(ConstantData.real(Shape.of(1, 2), new double[] {1, 2}), "weights");
        Node sum = builder.add(new Op.Dense(Op.Direction.FORWARD), "sum", x, weights);
        Node y = builder.add(
                new Op.Elementwise(Activation.of(Activation.Kind.RELU)), List.of(sum), "y", SourceSpan.NONE);
        return new Model(
                "OneNeuron",
                Graph.of("OneNeuron", Map.of("y", y)),
                List.of(new Model.InputDeclaration("x", Shape.of(2), OptionalInt.empty(), true)),
                ExplainOptions.NONE,
                "",
                "");
    }
}

package org.deepliftc.compiler.explain;

import java.util.Objects;

/** Where in the network the explained neuron lies. */
public sealed interface Point permits Point.PreActivation, Point.Output, Point.Named {

    /** The input of a final sigmoid or softmax; the output itself where there is none (paper 2.4, 2.5). */
    record PreActivation() implements Point {}

    /** The output as the model declares it. */
    record Output() implements Point {}

    /** The node of that name. */
    record Named(String node) implements Point {
        public Named {
            Objects.requireNonNull(node, "node");
        }
    }

    /** Reads {@code pre-activation}, {@code output} or the name of a node. */
    static Point parse(String text) {
        return switch (text) {
            case "pre-activation" -> new PreActivation();
            case "output" -> new Output();
            default -> new Named(text);
        };
    }
}

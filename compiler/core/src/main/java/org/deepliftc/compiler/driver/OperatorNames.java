package org.deepliftc.compiler.driver;

import java.util.Locale;
import org.deepliftc.compiler.graph.Op;

/** What users call an operator. */
final class OperatorNames {
    private OperatorNames() {}

    static String of(Op op) {
        if (op instanceof Op.Elementwise) {
            return ((Op.Elementwise) op).activation().name();
        }
        if (op instanceof Op.Binary) {
            return ((Op.Binary) op).kind().name().toLowerCase(Locale.ROOT);
        }
        if (op instanceof Op.Reduce) {
            return ((Op.Reduce) op).kind().name().toLowerCase(Locale.ROOT);
        }
        if (op instanceof Op.Convolution) {
            return "conv" + ((Op.Convolution) op).window().rank() + "d";
        }
        if (op instanceof Op.MaxPool) {
            return "maxpool" + ((Op.MaxPool) op).window().rank() + "d";
        }
        if (op instanceof Op.AveragePool) {
            return "avgpool" + ((Op.AveragePool) op).window().rank() + "d";
        }
        if (op instanceof Op.Embed) {
            return "pad";
        }
        return op.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}

package org.deepliftc.compiler.importer.onnx;

import java.util.List;

/**
 * The translation of one operator of ONNX.
 *
 * @param note what of it is not translated, for the manual; empty where all of it is
 */
record Operator(String note, Translation translation) {
    /** One value for each output of the call. */
    @FunctionalInterface
    interface Translation {
        List<Value> translate(Call call);
    }

    /** The translation of an operator with one output. */
    @FunctionalInterface
    interface Single {
        Value translate(Call call);

        default Translation toList() {
            return call -> List.of(translate(call));
        }
    }
}

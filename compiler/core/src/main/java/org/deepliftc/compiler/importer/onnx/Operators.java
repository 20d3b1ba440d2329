package org.deepliftc.compiler.importer.onnx;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every operator that is translated, by name; those of other domains than ONNX's own have the domain in front. A new
 * operator is one line in the list of its family.
 */
final class Operators {
    /** The versions of ONNX's operators that the translations follow. */
    static final long OLDEST_OPSET = 6;

    static final long NEWEST_OPSET = 28;

    private static final Map<String, Operator> ALL = new Operators().all();

    private final Map<String, Operator> table = new TreeMap<>();

    private Operators() {}

    private Map<String, Operator> all() {
        ArithmeticOperators.list(this);
        ActivationOperators.list(this);
        MatrixOperators.list(this);
        ConvolutionOperators.list(this);
        PoolOperators.list(this);
        NormalisationOperators.list(this);
        ReductionOperators.list(this);
        ShapeOperators.list(this);
        SelectionOperators.list(this);
        SequenceOperators.list(this);
        ResizeOperators.list(this);
        ConstantOperators.list(this);
        RecurrentOperators.list(this);
        ClassicOperators.list(this);
        return Collections.unmodifiableMap(table);
    }

    void add(String name, Operator.Single translation) {
        add(name, "", translation);
    }

    /** @param note what of the operator is not translated */
    void add(String name, String note, Operator.Single translation) {
        several(name, note, translation.toList());
    }

    void several(String name, String note, Operator.Translation translation) {
        if (table.put(name, new Operator(note, translation)) != null) {
            throw new IllegalStateException(name + " is listed twice");
        }
    }

    static Optional<Operator> find(String domain, String type) {
        return Optional.ofNullable(ALL.get(domain.isEmpty() ? type : domain + "." + type));
    }

    static Collection<String> names() {
        return ALL.keySet();
    }

    static Map<String, Operator> table() {
        return ALL;
    }
}

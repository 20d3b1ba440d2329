package org.deepliftc.compiler.print;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.layer.NamedActivations;

/** The right side of each definition. */
final class Expressions {
    /** Lists up to this length stand in the text. */
    private static final int LONGEST_LIST = 4;

    private final StoredTensors stored;
    private final Names names;
    private final Map<Node, String> definitions = new HashMap<>();
    private final Map<ScalarFunction, String> functions = new LinkedHashMap<>();

    Expressions(StoredTensors stored, Names names) {
        this.stored = stored;
        this.names = names;
    }

    /** The functions that the text has to define, by body. */
    Map<ScalarFunction, String> functions() {
        return functions;
    }

    void define(Node node, String name) {
        definitions.put(node, name);
    }

    String name(Node node) {
        return definitions.get(node);
    }

    /**
     * The expression of a node.
     *
     * @param definition the name it will have
     * @throws Unprintable where the language has none
     */
    String of(Node node, String definition) {
        return node.op().match(new OperatorText(this, stored, node, definition));
    }

    /** Something without a form in the language. */
    static final class Unprintable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unprintable(String message) {
            super(message);
        }
    }

    /** An operand: the name of its definition, a number, a short list, or a stored tensor. */
    String operand(Node user, int index, String definition) {
        Node input = user.input(index);
        if (!input.isConstant()) {
            return definitions.get(input);
        }
        boolean besideValue = user.inputs().stream().anyMatch(other -> !other.isConstant());
        return literal(input.constant())
                .filter(text -> besideValue)
                .orElseGet(() -> tensor(input, definition + ".constant"));
    }

    String tensor(Node constant, String otherwise) {
        return "tensor(\"" + stored.single(constant, otherwise) + "\")";
    }

    private static Optional<String> literal(ConstantData data) {
        if (data.shape().rank() == 0) {
            return Optional.of(Numbers.text(data.at(0)));
        }
        boolean isShort = data.shape().rank() == 1 && data.size() <= LONGEST_LIST;
        List<String> numbers = new ArrayList<>();
        for (int i = 0; isShort && i < data.size(); i++) {
            numbers.add(Numbers.text(data.at(i)));
        }
        return isShort && String.join("", numbers).length() < 40
                ? Optional.of(numbers.stream().collect(Collectors.joining(", ", "[", "]")))
                : Optional.empty();
    }

    /** A call of an activation, which is defined where the language does not know it. */
    String call(Activation.UserDefined activation, String x) {
        if (activation.body().equals(NamedActivations.ALL.get(activation.name()))) {
            return activation.name() + "(" + x + ")";
        }
        if (activation.body() instanceof ScalarFunction.Apply clip
                && clip.inner() instanceof ScalarFunction.Arithmetic sum
                && sum.left() instanceof ScalarFunction.Arithmetic product
                && product.right() instanceof ScalarFunction.Number alpha
                && sum.right() instanceof ScalarFunction.Number beta
                && NamedActivations.hardSigmoid(alpha.value(), beta.value()).equals(activation.body())) {
            return "hard_sigmoid(" + x + ", alpha = " + Numbers.bare(alpha.value()) + ", beta = "
                    + Numbers.bare(beta.value()) + ")";
        }
        String name = functions.computeIfAbsent(activation.body(), body -> names.function(activation.name()));
        return name + "(" + x + ")";
    }

    /** {@code 0:10:2} for each axis, the untouched ones at the end left out. */
    static String subscripts(Op.Slice slice, Shape from) {
        List<String> ranges = new ArrayList<>();
        int last = -1;
        for (int axis = 0; axis < from.rank(); axis++) {
            int start = slice.starts().get(axis);
            int step = slice.steps().get(axis);
            int count = slice.shape().dim(axis);
            boolean whole = start == 0 && step == 1 && count == from.dim(axis);
            last = whole ? last : axis;
            ranges.add(whole ? ":" : range(start, step, count, from.dim(axis)));
        }
        return String.join(", ", ranges.subList(0, last + 1));
    }

    private static String range(int start, int step, int count, int extent) {
        long stop = (long) start + (long) count * step;
        boolean toEnd = step > 0 ? stop >= extent : stop < 0;
        String first = step > 0 && start == 0 ? "" : String.valueOf(start);
        return first + ":" + (toEnd ? "" : stop) + (step == 1 ? "" : ":" + step);
    }

    static boolean isAll(List<Integer> numbers, int value) {
        return Collections.frequency(numbers, value) == numbers.size();
    }
}

package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;

/** The arguments of one call by the names of the function's parameters, read as what the function wants. */
final class Arguments {
    /** Extents, strides and the like beyond this are a mistake, and would overflow what is computed from them. */
    static final int LARGEST = 1 << 24;

    /** An evaluated argument and its place. */
    record Given(Optional<String> name, SourceSpan nameSpan, Value value, SourceSpan span) {}

    private final Signature signature;
    private final SourceSpan call;
    private final Map<String, Given> named = new LinkedHashMap<>();
    private final List<Given> rest = new ArrayList<>();

    private Arguments(Signature signature, SourceSpan call) {
        this.signature = signature;
        this.call = call;
    }

    static Arguments bind(Signature signature, List<Given> given, SourceSpan call) {
        Arguments arguments = new Arguments(signature, call);
        given.forEach(arguments::bind);
        return arguments;
    }

    private void bind(Given given) {
        if (given.name().isEmpty() && signature.variadic()) {
            rest.add(given);
            return;
        }
        String parameter = given.name().isPresent() ? checked(given) : positional(given);
        if (named.putIfAbsent(parameter, given) != null) {
            throw Failure.of(
                    Problem.CALL001,
                    given.nameSpan(),
                    signature.function() + ": '" + parameter + "' is given twice",
                    "keep one of the two");
        }
    }

    private String checked(Given given) {
        String name = given.name().orElseThrow();
        if (!signature.parameters().contains(name)) {
            throw Failure.of(Suggestions.hinted(
                    Problem.CALL001.at(given.nameSpan(), signature.function() + " has no parameter '" + name + "'"),
                    name,
                    signature.parameters(),
                    parameters()));
        }
        return name;
    }

    private String positional(Given given) {
        int position = named.size();
        boolean afterNamed = named.values().stream().anyMatch(g -> g.name().isPresent());
        if (afterNamed) {
            throw Failure.of(
                    Problem.CALL001,
                    given.span(),
                    signature.function() + ": an argument without a name follows one with a name",
                    "put it first, or name it");
        }
        if (position >= signature.parameters().size()) {
            throw Failure.of(
                    Problem.CALL001,
                    given.span(),
                    signature.function() + " takes " + signature.parameters().size() + " argument"
                            + (signature.parameters().size() == 1 ? "" : "s") + ", this is one more",
                    parameters());
        }
        return signature.parameters().get(position);
    }

    private String parameters() {
        return signature.parameters().isEmpty()
                ? signature.function() + " takes no arguments"
                : "its parameters are " + String.join(", ", signature.parameters());
    }

    /** The arguments of a variadic function that were given by position. */
    List<Given> rest() {
        return rest;
    }

    boolean has(String parameter) {
        return named.containsKey(parameter);
    }

    Optional<Given> optional(String parameter) {
        return Optional.ofNullable(named.get(parameter));
    }

    Given required(String parameter) {
        return optional(parameter)
                .orElseThrow(() -> Failure.of(
                        Problem.CALL002,
                        call,
                        signature.function() + ": '" + parameter + "' is missing",
                        parameters()));
    }

    SourceSpan span(String parameter) {
        return optional(parameter).map(Given::span).orElse(call);
    }

    /** The failure of an argument that is not what the parameter takes. */
    Failure wrong(String parameter, Given given, String wanted) {
        return Failure.of(
                Problem.CALL003,
                given.span(),
                signature.function() + ": '" + parameter + "' is " + wanted + ", not "
                        + given.value().kind());
    }

    Failure outOfRange(String parameter, String message) {
        return Failure.of(Problem.CALL004, span(parameter), signature.function() + ": " + message);
    }

    /** A whole number of at least {@code least}. */
    int whole(String parameter, int least) {
        Given given = required(parameter);
        return whole(parameter, given, given.value(), least);
    }

    int whole(String parameter, int least, int otherwise) {
        return has(parameter) ? whole(parameter, least) : otherwise;
    }

    private int whole(String parameter, Given given, Value value, int least) {
        if (!(value instanceof Value.Whole)) {
            throw wrong(parameter, given, "a whole number");
        }
        long number = ((Value.Whole) value).value();
        if (number < least || number > LARGEST) {
            throw outOfRange(
                    parameter,
                    "'" + parameter + "' must lie between " + least + " and " + LARGEST + ", not be " + number);
        }
        return (int) number;
    }

    /** A list of whole numbers, or one number. */
    List<Integer> wholes(String parameter, int least) {
        Given given = required(parameter);
        if (!(given.value() instanceof Value.Items)) {
            if (!(given.value() instanceof Value.Whole)) {
                throw wrong(parameter, given, "a whole number or a list of them");
            }
            return List.of(whole(parameter, given, given.value(), least));
        }
        List<Integer> numbers = new ArrayList<>();
        for (Value element : ((Value.Items) given.value()).elements()) {
            if (!(element instanceof Value.Whole)) {
                throw wrong(parameter, given, "a list of whole numbers");
            }
            numbers.add(whole(parameter, given, element, least));
        }
        return numbers;
    }

    /** One number for each of {@code count} axes; a single one stands for all. */
    List<Integer> perAxis(String parameter, int count, int least, List<Integer> otherwise) {
        if (!has(parameter)) {
            return otherwise;
        }
        boolean isList = required(parameter).value() instanceof Value.Items;
        List<Integer> numbers = wholes(parameter, least);
        if (!isList) {
            return java.util.Collections.nCopies(count, numbers.get(0));
        }
        if (numbers.size() != count) {
            throw outOfRange(
                    parameter,
                    "'" + parameter + "' has " + numbers.size() + " entries, but there "
                            + (count == 1 ? "is 1 spatial axis" : "are " + count + " spatial axes"));
        }
        return numbers;
    }

    double real(String parameter, double otherwise) {
        if (!has(parameter)) {
            return otherwise;
        }
        Given given = required(parameter);
        return Numbers.real(given.value()).orElseThrow(() -> wrong(parameter, given, "a number"));
    }

    boolean flag(String parameter, boolean otherwise) {
        if (!has(parameter)) {
            return otherwise;
        }
        Given given = required(parameter);
        if (given.value().equals(new Value.Word("true")) || given.value().equals(new Value.Word("false"))) {
            return ((Value.Word) given.value()).value().equals("true");
        }
        throw wrong(parameter, given, "true or false");
    }

    /** A text. */
    String text(String parameter, String otherwise) {
        if (!has(parameter)) {
            return otherwise;
        }
        Given given = required(parameter);
        if (given.value() instanceof Value.Text text) {
            return text.value();
        }
        throw wrong(parameter, given, "a text");
    }

    /** One of several words, with or without quotes. */
    String choice(String parameter, List<String> choices, String otherwise) {
        if (!has(parameter)) {
            return otherwise;
        }
        Given given = required(parameter);
        String word = given.value() instanceof Value.Word bare
                ? bare.value()
                : given.value() instanceof Value.Text text ? text.value() : "";
        if (!choices.contains(word)) {
            throw wrong(parameter, given, "one of " + String.join(", ", choices));
        }
        return word;
    }

    /** True where the parameter is given as the word false. */
    boolean isOff(String parameter) {
        return optional(parameter)
                .filter(g -> g.value().equals(new Value.Word("false")))
                .isPresent();
    }

    /** An axis of a value of {@code rank}; negative ones count from the end. */
    int axis(String parameter, int rank, int otherwise) {
        if (!has(parameter)) {
            return otherwise < 0 ? otherwise + rank : otherwise;
        }
        Given given = required(parameter);
        return axis(parameter, given, given.value(), rank);
    }

    List<Integer> axes(String parameter, int rank) {
        Given given = required(parameter);
        List<Value> values = given.value() instanceof Value.Items
                ? ((Value.Items) given.value()).elements()
                : List.of(given.value());
        List<Integer> axes = new ArrayList<>();
        for (Value value : values) {
            axes.add(axis(parameter, given, value, rank));
        }
        return axes;
    }

    private int axis(String parameter, Given given, Value value, int rank) {
        if (!(value instanceof Value.Whole)) {
            throw wrong(parameter, given, "the number of an axis");
        }
        long axis = ((Value.Whole) value).value();
        if (axis < -rank || axis >= rank) {
            throw Failure.of(
                    Problem.SHAPE002,
                    given.span(),
                    signature.function() + ": there is no axis " + axis + ", the value has "
                            + (rank == 1 ? "1 axis" : rank + " axes"),
                    rank == 0
                            ? "a scalar has no axes"
                            : rank == 1
                                    ? "its only axis is 0"
                                    : "axes count from 0 to " + (rank - 1) + ", or from -1 backwards");
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }
}

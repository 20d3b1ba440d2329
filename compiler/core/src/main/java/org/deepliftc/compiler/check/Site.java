package org.deepliftc.compiler.check;

import java.util.List;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** One call of a built-in function: its arguments, and the means to answer with nodes of the right name and place. */
final class Site {
    private final Session session;
    private final String function;
    private final SourceSpan span;
    private final Naming naming;
    private final Arguments arguments;

    Site(Session session, String function, SourceSpan span, Naming naming, Arguments arguments) {
        this.session = session;
        this.function = function;
        this.span = span;
        this.naming = naming;
        this.arguments = arguments;
    }

    String function() {
        return function;
    }

    SourceSpan span() {
        return span;
    }

    Arguments arguments() {
        return arguments;
    }

    Session session() {
        return session;
    }

    Naming naming() {
        return naming;
    }

    /** The node of a required argument; numbers and lists become constants. */
    Node tensor(String parameter) {
        return tensor(arguments.required(parameter), parameter);
    }

    Node tensor(Arguments.Given given, String role) {
        if (given.value() instanceof Value.Tensor) {
            return ((Value.Tensor) given.value()).node();
        }
        if (given.value() instanceof Value.Text) {
            throw arguments.wrong(role, given, "a tensor (write tensor(\"...\") for a stored one)");
        }
        if (!(given.value() instanceof Value.Items) && !Numbers.isNumber(given.value())) {
            throw arguments.wrong(role, given, "a tensor");
        }
        return constant(Literals.constant(given.value(), given.span()), "constant", given.span());
    }

    Node constant(ConstantData data, String role, SourceSpan place) {
        return session.emitter().constant(data, below(role), place);
    }

    /** The node that is the value of the call. */
    Value result(Op op, Node... inputs) {
        return new Value.Tensor(value(op, inputs));
    }

    /** As {@link #result}, as a node. */
    Node value(Op op, Node... inputs) {
        return session.emitter().add(op, List.of(inputs), naming.of(function), span, function);
    }

    /** A node on the way to the value. */
    Node step(String role, Op op, Node... inputs) {
        return session.emitter().add(op, List.of(inputs), below(role), span, function);
    }

    private String below(String role) {
        return naming.of(function) + "." + role;
    }

    /** Runs shape arithmetic whose complaint belongs to this call. */
    Failure shapeFailure(String message, Node... inputs) {
        return Failure.of(Problem.SHAPE001
                .at(span, function + ": " + message)
                .withLabels(Emitter.origins(List.of(inputs), span)));
    }

    /** A shape the call leads to, which may be too large to exist. */
    Shape shape(List<Integer> dims) {
        try {
            return new Shape(dims);
        } catch (IllegalArgumentException e) {
            Diagnostic problem = Problem.SHAPE003.at(span, function + ": " + e.getMessage());
            throw Failure.of(problem);
        }
    }
}

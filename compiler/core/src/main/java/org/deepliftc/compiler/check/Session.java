package org.deepliftc.compiler.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.syntax.Statement;

/** What the elaboration of one model shares: its functions and activations, weights, the graph so far, the problems. */
final class Session {
    /** Statements executed, over all turns of loops and calls. */
    static final int MOST_STEPS = 300_000;

    /** Levels of lists in lists. */
    static final int DEEPEST_LIST = 16;

    /** Expressions inside expressions, calls of functions included: a bound on the stack of this program. */
    private static final int DEEPEST = 600;

    /** What a call of a function counts for, whose body takes more of the stack than an operator does. */
    private static final int CALL_DEPTH = 5;

    private final Problems problems;
    private final Emitter emitter = new Emitter();
    private final WeightFiles weights = new WeightFiles();
    private final Map<String, Statement.Function> functions = new LinkedHashMap<>();
    private final Map<String, Statement.Activation> activations = new LinkedHashMap<>();
    private final ActivationBodies bodies = new ActivationBodies(activations);
    private final Map<String, SourceSpan> claims = new HashMap<>();
    private final Deque<String> calls = new ArrayDeque<>();
    private int steps;
    private int depth;

    Session(Problems problems) {
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    Emitter emitter() {
        return emitter;
    }

    WeightFiles weights() {
        return weights;
    }

    Map<String, Statement.Function> functions() {
        return functions;
    }

    Map<String, Statement.Activation> activations() {
        return activations;
    }

    ActivationBodies bodies() {
        return bodies;
    }

    /** Makes a definition's name the name of the weights of a layer that names none; false where it already is. */
    boolean claim(String name, SourceSpan span) {
        SourceSpan earlier = claims.putIfAbsent(name, span);
        return earlier == null;
    }

    /** Reports once that the model is too large; from then on nothing more runs. */
    void countStep(SourceSpan span) {
        if (++steps > MOST_STEPS + 1 || emitter.isFull()) {
            throw Failure.consequence();
        }
        if (steps > MOST_STEPS) {
            throw Failure.of(
                    Problem.LIMIT001,
                    span,
                    "expanding the model takes more than " + MOST_STEPS + " steps",
                    "its loops or functions multiply: shorten them");
        }
    }

    /** Evaluates one level deeper. */
    Value nested(SourceSpan span, Supplier<Value> evaluation) {
        return nested(span, 1, evaluation);
    }

    private Value nested(SourceSpan span, int levels, Supplier<Value> evaluation) {
        depth += levels;
        try {
            if (depth > DEEPEST) {
                throw Failure.of(
                        Problem.LIMIT001,
                        span,
                        "functions and expressions nest more than " + DEEPEST + " levels deep",
                        "give inner parts names of their own");
            }
            return evaluation.get();
        } finally {
            depth -= levels;
        }
    }

    /** Runs the body of a function; one that leads back to itself is an error. */
    Value inCall(String function, SourceSpan span, Supplier<Value> body) {
        if (calls.contains(function)) {
            throw Failure.of(
                    Problem.CALL005,
                    span,
                    "function '" + function + "' calls itself"
                            + (calls.peek().equals(function) ? "" : " through '" + calls.peek() + "'"),
                    "what repeats is written as a loop: for i in 1..8 { ... }");
        }
        calls.push(function);
        problems.enter(function, span);
        try {
            return nested(span, CALL_DEPTH, body);
        } finally {
            problems.leave();
            calls.pop();
        }
    }
}

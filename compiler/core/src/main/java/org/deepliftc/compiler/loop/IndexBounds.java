package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Looks for an access outside a buffer. First by intervals; where these cannot exclude one, by running through the
 * enclosing loops for real, or through the first, second, middle and last iterations of loops that are too long: indices
 * are piecewise linear, so that an error shows there. An index that depends on data is trusted unless its interval, as
 * a clamp gives one, is known.
 */
final class IndexBounds {

    /** One of the constructs around an access, outermost first. */
    sealed interface Context {
        record Loop(Expr.Var variable, Expr from, Expr to) implements Context {}

        record Local(Expr.Var variable, Expr value) implements Context {}

        record Condition(Expr holds) implements Context {}
    }

    private record Interval(long low, long high) {
        static final Interval ALL = new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE);

        Interval union(Interval other) {
            return new Interval(Math.min(low, other.low), Math.max(high, other.high));
        }
    }

    private static final long FULL = 50_000;

    private final Map<Buffer, ConstantBuffer> constants;
    private long visited;

    IndexBounds(Map<Buffer, ConstantBuffer> constants) {
        this.constants = constants;
    }

    /** An index outside {@code 0..size - 1} that the access reaches, if one was found. */
    OptionalInt outside(Expr index, int size, List<Context> around) {
        Map<Expr.Var, Interval> known = new HashMap<>();
        for (Context context : around) {
            if (context instanceof Context.Loop loop) {
                known.put(
                        loop.variable(),
                        new Interval(interval(loop.from(), known).low, interval(loop.to(), known).high - 1));
            } else if (context instanceof Context.Local local) {
                known.put(local.variable(), interval(local.value(), known));
            }
        }
        Interval interval = interval(index, known);
        if (interval.low >= 0 && interval.high < size) {
            return OptionalInt.empty();
        }
        List<Context> relevant = relevant(index, around);
        visited = 0;
        return search(index, size, relevant, 0, new HashMap<>(), work(relevant, known) <= FULL);
    }

    private static long work(List<Context> contexts, Map<Expr.Var, Interval> known) {
        double work = 1;
        for (Context context : contexts) {
            if (context instanceof Context.Loop loop) {
                Interval interval = known.get(loop.variable());
                work *= Math.max(1, interval.high - interval.low + 1);
            }
        }
        return (long) work;
    }

    /** Only what the index, or a condition or bound around it, depends on. */
    private static List<Context> relevant(Expr index, List<Context> around) {
        List<Context> relevant = new ArrayList<>();
        var needed = Traversal.variables(index);
        for (int i = around.size() - 1; i >= 0; i--) {
            Context context = around.get(i);
            if (context instanceof Context.Loop loop && needed.contains(loop.variable())) {
                needed.addAll(Traversal.variables(loop.from()));
                needed.addAll(Traversal.variables(loop.to()));
                relevant.add(0, context);
            } else if (context instanceof Context.Local local && needed.contains(local.variable())) {
                needed.addAll(Traversal.variables(local.value()));
                relevant.add(0, context);
            } else if (context instanceof Context.Condition condition) {
                needed.addAll(Traversal.variables(condition.holds()));
                relevant.add(0, context);
            }
        }
        return relevant;
    }

    private OptionalInt search(
            Expr index, int size, List<Context> around, int depth, Map<Expr.Var, Integer> values, boolean full) {
        if (++visited > 20 * FULL) {
            return OptionalInt.empty();
        }
        if (depth == around.size()) {
            Integer value = value(index, values);
            return value == null || value >= 0 && value < size ? OptionalInt.empty() : OptionalInt.of(value);
        }
        Context context = around.get(depth);
        if (context instanceof Context.Condition condition) {
            return Boolean.FALSE.equals(truth(condition.holds(), values))
                    ? OptionalInt.empty()
                    : search(index, size, around, depth + 1, values, full);
        } else if (context instanceof Context.Local local) {
            values.put(local.variable(), value(local.value(), values));
            return search(index, size, around, depth + 1, values, full);
        }
        Context.Loop loop = (Context.Loop) context;
        Integer from = value(loop.from(), values);
        Integer to = value(loop.to(), values);
        if (from == null || to == null) {
            values.put(loop.variable(), null);
            return search(index, size, around, depth + 1, values, full);
        }
        for (int i = from; i < to; i++) {
            boolean edge = i <= from + 1 || i >= to - 2 || i == from + (to - from) / 2;
            if (full || edge) {
                values.put(loop.variable(), i);
                OptionalInt found = search(index, size, around, depth + 1, values, full);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return OptionalInt.empty();
    }

    /** The int, or null where it depends on data. */
    private Integer value(Expr expr, Map<Expr.Var, Integer> values) {
        if (expr instanceof Expr.Int literal) {
            return literal.value();
        } else if (expr instanceof Expr.Var variable) {
            return values.get(variable);
        } else if (expr instanceof Expr.Binary binary) {
            Integer l = value(binary.left(), values);
            Integer r = value(binary.right(), values);
            boolean divides = binary.operator() == Expr.Operator.DIVIDE || binary.operator() == Expr.Operator.REMAINDER;
            return l == null || r == null || divides && r == 0 ? null : apply(binary.operator(), l, r);
        } else if (expr instanceof Expr.Select select) {
            Boolean truth = truth(select.condition(), values);
            return truth == null ? null : value(truth ? select.then() : select.otherwise(), values);
        } else if (expr instanceof Expr.Load load) {
            Integer at = value(load.index(), values);
            ConstantBuffer constant = constants.get(load.buffer());
            boolean known = constant != null
                    && constant.packing().isEmpty()
                    && at != null
                    && constant.buffer().kind() == Kind.INT;
            return known && at >= 0 && at < load.buffer().size()
                    ? (int) constant.data().at(at)
                    : null;
        }
        return null;
    }

    private static int apply(Expr.Operator operator, int l, int r) {
        return switch (operator) {
            case ADD -> l + r;
            case SUBTRACT -> l - r;
            case MULTIPLY -> l * r;
            case DIVIDE -> l / r;
            case REMAINDER -> l % r;
            case MIN -> Math.min(l, r);
            case MAX -> Math.max(l, r);
        };
    }

    private Boolean truth(Expr condition, Map<Expr.Var, Integer> values) {
        if (condition instanceof Expr.And and) {
            Boolean left = truth(and.left(), values);
            Boolean right = truth(and.right(), values);
            if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
                return false;
            }
            return left == null || right == null ? null : Boolean.TRUE;
        }
        if (!(condition instanceof Expr.Compare compare) || compare.left().kind() != Kind.INT) {
            return null;
        }
        Integer l = value(compare.left(), values);
        Integer r = value(compare.right(), values);
        if (l == null || r == null) {
            return null;
        }
        return switch (compare.relation()) {
            case LESS -> l < r;
            case AT_MOST -> l <= r;
            case EQUAL -> l.equals(r);
            case NOT_EQUAL -> !l.equals(r);
            case AT_LEAST -> l >= r;
            case GREATER -> l > r;
        };
    }

    private static Interval interval(Expr expr, Map<Expr.Var, Interval> known) {
        if (expr instanceof Expr.Int literal) {
            return new Interval(literal.value(), literal.value());
        } else if (expr instanceof Expr.Var variable) {
            return known.getOrDefault(variable, Interval.ALL);
        } else if (expr instanceof Expr.Select select) {
            return interval(select.then(), known).union(interval(select.otherwise(), known));
        } else if (expr instanceof Expr.Binary binary) {
            return binary(binary.operator(), interval(binary.left(), known), interval(binary.right(), known));
        }
        return Interval.ALL;
    }

    private static Interval binary(Expr.Operator operator, Interval l, Interval r) {
        return switch (operator) {
            case ADD -> new Interval(l.low + r.low, l.high + r.high);
            case SUBTRACT -> new Interval(l.low - r.high, l.high - r.low);
            case MULTIPLY -> {
                long a = l.low * r.low;
                long b = l.low * r.high;
                long c = l.high * r.low;
                long d = l.high * r.high;
                yield new Interval(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
            }
            case DIVIDE -> r.low == r.high && r.low > 0 ? new Interval(l.low / r.low, l.high / r.low) : Interval.ALL;
            case REMAINDER ->
                r.low == r.high && r.low > 0
                        ? new Interval(l.low < 0 ? 1 - r.low : 0, l.high < 0 ? 0 : r.low - 1)
                        : Interval.ALL;
            case MIN -> new Interval(Math.min(l.low, r.low), Math.min(l.high, r.high));
            case MAX -> new Interval(Math.max(l.low, r.low), Math.max(l.high, r.high));
        };
    }
}

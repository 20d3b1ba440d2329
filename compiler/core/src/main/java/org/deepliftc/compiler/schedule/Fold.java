package org.deepliftc.compiler.schedule;

import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Operator;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.runtime.ModelDescription.ElementType;

/**
 * Computes what is known when compiling: index arithmetic, comparisons, choices, and real operations on literals whose
 * IEEE result is the same everywhere. Real terms with an unknown operand are never simplified, for that could change a
 * bit (a NaN, the sign of a zero).
 */
final class Fold {
    private final ElementType type;

    Fold(ElementType type) {
        this.type = type;
    }

    static Expr add(Expr left, Expr right) {
        return integer(Operator.ADD, left, right);
    }

    static Expr multiply(Expr left, Expr right) {
        return integer(Operator.MULTIPLY, left, right);
    }

    /** Folds the root of an expression whose operands are folded. */
    Expr root(Expr expr) {
        if (expr instanceof Expr.Binary binary) {
            return binary.kind() == Kind.INT ? integer(binary.operator(), binary.left(), binary.right()) : real(binary);
        } else if (expr instanceof Expr.Fma fma) {
            return fma(fma);
        } else if (expr instanceof Expr.Compare compare) {
            return truth(compare);
        } else if (expr instanceof Expr.And and) {
            return and(and);
        } else if (expr instanceof Expr.Select select) {
            Boolean known = known(select.condition());
            return known == null ? select : known ? select.then() : select.otherwise();
        } else if (expr instanceof Expr.ToReal toReal && toReal.value() instanceof Expr.Int value) {
            return new Expr.Real(round(value.value()));
        } else if (expr instanceof Expr.ToInt toInt && toInt.value() instanceof Expr.Real value) {
            return new Expr.Int((int) value.value());
        } else if (expr instanceof Expr.Real value) {
            return new Expr.Real(round(value.value()));
        }
        return expr;
    }

    /** The truth of a folded condition, or null where it is not known. */
    static Boolean known(Expr condition) {
        if (condition instanceof Expr.Compare compare && compare.left() instanceof Expr.Int l) {
            return compare.right() instanceof Expr.Int r ? holds(compare.relation(), l.value(), r.value()) : null;
        }
        return null;
    }

    private static final Expr TRUE = new Expr.Compare(Expr.Relation.EQUAL, new Expr.Int(0), new Expr.Int(0));
    private static final Expr FALSE = new Expr.Compare(Expr.Relation.EQUAL, new Expr.Int(0), new Expr.Int(1));

    private Expr truth(Expr.Compare compare) {
        Boolean known = known(compare);
        if (known == null && compare.left() instanceof Expr.Real l && compare.right() instanceof Expr.Real r) {
            known = holds(compare.relation(), round(l.value()), round(r.value()));
        }
        return known == null ? compare : known ? TRUE : FALSE;
    }

    private static Expr and(Expr.And and) {
        Boolean left = known(and.left());
        Boolean right = known(and.right());
        if (left != null) {
            return left ? and.right() : FALSE;
        }
        return right == null ? and : right ? and.left() : FALSE;
    }

    private static boolean holds(Expr.Relation relation, double l, double r) {
        return switch (relation) {
            case LESS -> l < r;
            case AT_MOST -> l <= r;
            case EQUAL -> l == r;
            case NOT_EQUAL -> l != r;
            case AT_LEAST -> l >= r;
            case GREATER -> l > r;
        };
    }

    private static Expr integer(Operator operator, Expr left, Expr right) {
        if (left instanceof Expr.Int l && right instanceof Expr.Int r) {
            boolean divides = operator == Operator.DIVIDE || operator == Operator.REMAINDER;
            if (!divides || r.value() != 0) {
                return new Expr.Int(apply(operator, l.value(), r.value()));
            }
        }
        if (operator == Operator.ADD) {
            return sum(left, right);
        } else if (operator == Operator.SUBTRACT && right instanceof Expr.Int r && r.value() != Integer.MIN_VALUE) {
            return sum(left, new Expr.Int(-r.value()));
        } else if (operator == Operator.MULTIPLY) {
            return product(left, right);
        }
        return new Expr.Binary(operator, left, right);
    }

    private static int apply(Operator operator, int l, int r) {
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

    private static Expr sum(Expr left, Expr right) {
        if (left instanceof Expr.Int) {
            return right instanceof Expr.Int ? integer(Operator.ADD, left, right) : sum(right, left);
        }
        if (!(right instanceof Expr.Int r)) {
            return new Expr.Binary(Operator.ADD, left, right);
        }
        if (r.value() == 0) {
            return left;
        }
        if (left instanceof Expr.Binary inner && inner.right() instanceof Expr.Int c) {
            if (inner.operator() == Operator.ADD) {
                return sum(inner.left(), new Expr.Int(c.value() + r.value()));
            } else if (inner.operator() == Operator.SUBTRACT) {
                return sum(inner.left(), new Expr.Int(r.value() - c.value()));
            }
        }
        return r.value() < 0 && r.value() != Integer.MIN_VALUE
                ? new Expr.Binary(Operator.SUBTRACT, left, new Expr.Int(-r.value()))
                : new Expr.Binary(Operator.ADD, left, right);
    }

    private static Expr product(Expr left, Expr right) {
        if (right instanceof Expr.Int && !(left instanceof Expr.Int)) {
            return product(right, left);
        }
        if (left instanceof Expr.Int l) {
            if (l.value() == 1) {
                return right;
            } else if (l.value() == 0) {
                return l;
            }
        }
        return new Expr.Binary(Operator.MULTIPLY, left, right);
    }

    private Expr real(Expr.Binary binary) {
        if (!(binary.left() instanceof Expr.Real left && binary.right() instanceof Expr.Real right)) {
            return binary;
        }
        double l = round(left.value());
        double r = round(right.value());
        // A float operation equals the double operation rounded once more for + - * / (Figueroa), and min and max
        // never round; the remainder of reals is exact.
        double value = switch (binary.operator()) {
            case ADD -> l + r;
            case SUBTRACT -> l - r;
            case MULTIPLY -> l * r;
            case DIVIDE -> l / r;
            case REMAINDER -> l % r;
            case MIN -> Math.min(l, r);
            case MAX -> Math.max(l, r);
        };
        return literalOr(binary, value);
    }

    private Expr fma(Expr.Fma fma) {
        if (!(fma.a() instanceof Expr.Real a && fma.b() instanceof Expr.Real b && fma.c() instanceof Expr.Real c)) {
            return fma;
        }
        double value = type == ElementType.FLOAT
                ? Math.fma((float) a.value(), (float) b.value(), (float) c.value())
                : Math.fma(a.value(), b.value(), c.value());
        return literalOr(fma, value);
    }

    private Expr literalOr(Expr original, double value) {
        return Double.isNaN(value) ? original : new Expr.Real(round(value));
    }

    double round(double value) {
        return type == ElementType.FLOAT ? (float) value : value;
    }
}

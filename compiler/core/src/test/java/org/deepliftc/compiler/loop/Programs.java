package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer.Place;
import org.deepliftc.compiler.loop.Expr.Function;
import org.deepliftc.compiler.loop.Expr.Operator;
import org.deepliftc.compiler.loop.Expr.Relation;

/** Small loop programs written by hand, which between them use everything a loop program can hold. */
public final class Programs {
    private Programs() {}

    /** Names in {@link #rich} where nothing else is asked for. */
    public static final List<String> PLAIN = List.of("a", "b", "h1", "fc1.weight", "scores");

    static Expr i(int value) {
        return new Expr.Int(value);
    }

    static Expr r(double value) {
        return new Expr.Real(value);
    }

    static Expr add(Expr l, Expr r) {
        return new Expr.Binary(Operator.ADD, l, r);
    }

    static Expr sub(Expr l, Expr r) {
        return new Expr.Binary(Operator.SUBTRACT, l, r);
    }

    static Expr mul(Expr l, Expr r) {
        return new Expr.Binary(Operator.MULTIPLY, l, r);
    }

    static Expr call(Function function, Expr x) {
        return new Expr.Call(function, List.of(x));
    }

    static Expr load(Buffer buffer, Expr index) {
        return new Expr.Load(buffer, index);
    }

    static Expr.Var real(String name) {
        return new Expr.Var(name, Kind.REAL);
    }

    static Expr.Var integer(String name) {
        return new Expr.Var(name, Kind.INT);
    }

    static Stmt fill(Buffer buffer) {
        Expr.Var at = integer("at");
        return new Stmt.Lanes(at, buffer.size(), List.of(new Stmt.Store(buffer, at, r(0))));
    }

    public static Procedure procedure(String name, Stmt... body) {
        Accesses accesses = Accesses.of(List.of(body));
        return new Procedure(
                name,
                List.of(name + ": y = x * w"),
                accesses.reads(),
                accesses.writes(),
                Optional.empty(),
                List.of(body));
    }

    /** The paper's Figure 1 with the reference 0: y = relu(x1 + 2 x2 + 2), o = 0.1 + 0.2 y, by the rescale rule. */
    public static LoopProgram figureOne() {
        Buffer x = new Buffer("x", Kind.REAL, 2, Place.INPUT);
        Buffer w = new Buffer("y.weight", Kind.REAL, 2, Place.CONSTANT);
        Buffer o = new Buffer("o", Kind.REAL, 1, Place.RESULT);
        Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
        Buffer z = new Buffer("z", Kind.REAL, 1, Place.WORKSPACE);
        steps.put(Phase.PREDICT, List.of(sum("z", x, w, z), out("o", z, o)));
        Buffer z1 = new Buffer("z", Kind.REAL, 1, Place.WORKSPACE);
        Buffer slope = new Buffer("y slope", Kind.REAL, 1, Place.WORKSPACE);
        Buffer output = new Buffer("output", Kind.REAL, 1, Place.RESULT);
        Buffer c = new Buffer("contributions", Kind.REAL, 2, Place.RESULT);
        Expr zero = load(z1, i(0));
        Expr rise = sub(new Expr.Binary(Operator.MAX, zero, r(0)), r(2));
        Stmt rescale = new Stmt.Store(
                slope,
                i(0),
                new Expr.Select(
                        new Expr.Compare(Relation.EQUAL, zero, r(2)),
                        r(1),
                        new Expr.Binary(Operator.DIVIDE, rise, sub(zero, r(2)))));
        Expr.Var k = integer("k");
        Expr m = mul(mul(r(0.2), load(slope, i(0))), load(w, k));
        Stmt contribute = new Stmt.Lanes(k, 2, List.of(new Stmt.Store(c, k, mul(m, load(x, k)))));
        steps.put(Phase.EXAMPLE, List.of(sum("z", x, w, z1), out("o", z1, output), procedure("y slope", rescale)));
        steps.put(Phase.FINISH, List.of(procedure("contributions", contribute)));
        return new LoopProgram(
                List.of(new LoopProgram.Port("x", Shape.of(2), x)),
                List.of(),
                List.of(new LoopProgram.Port("o", Shape.SCALAR, o)),
                new LoopProgram.Results(List.of(c), List.of(), List.of(), output, Optional.empty(), Optional.empty()),
                List.of(new ConstantBuffer(w, ConstantData.real(Shape.of(2), new double[] {1, 2}), Optional.empty())),
                steps,
                Map.of(z, 0, z1, 0, slope, 1),
                List.of(0),
                false);
    }

    private static Procedure sum(String name, Buffer x, Buffer w, Buffer z) {
        Expr.Var k = integer("k");
        Expr.Var sum = real("sum");
        return procedure(
                name,
                new Stmt.Declare(sum, r(2)),
                new Stmt.For(k, i(0), i(2), List.of(new Stmt.Assign(sum, new Expr.Fma(load(x, k), load(w, k), sum)))),
                new Stmt.Store(z, i(0), sum));
    }

    private static Procedure out(String name, Buffer z, Buffer o) {
        Expr y = new Expr.Binary(Operator.MAX, load(z, i(0)), r(0));
        return procedure(name, new Stmt.Store(o, i(0), new Expr.Fma(y, r(0.2), r(0.1))));
    }

    /**
     * Two inputs, a hidden layer of 11, three outputs; a max pool with scatter, every function and operator.
     *
     * @param references whether references are given when the class is used, or are zeros
     * @param targets the bound targets; empty where they are given
     * @param names what to call the inputs, a hidden node, a weight and the output
     */
    public static LoopProgram rich(boolean references, List<Integer> targets, List<String> names) {
        return new Rich(references, targets, names).program();
    }

    private static final class Rich {
        private static final int A = 5;
        private static final int B = 3;
        private static final int H = 11;
        private static final int OUT = 3;

        private final boolean references;
        private final List<Integer> targets;
        private final List<String> names;
        private final List<ConstantBuffer> constants = new ArrayList<>();
        private final Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
        private final Map<Buffer, Integer> slots = new java.util.LinkedHashMap<>();
        private final Random random = new Random(7);
        private final Buffer a;
        private final Buffer b;
        private final Buffer w1;
        private final Buffer bias;
        private final Buffer w2;
        private final Buffer mix;

        Rich(boolean references, List<Integer> targets, List<String> names) {
            this.references = references;
            this.targets = targets;
            this.names = names;
            a = new Buffer(names.get(0), Kind.REAL, A, Place.INPUT);
            b = new Buffer(names.get(1), Kind.REAL, B, Place.INPUT);
            Packing turned = new Packing(List.of(Packing.Axis.plain(H, 1), Packing.Axis.plain(A, H)), H * A);
            w1 = constant(names.get(3), Shape.of(H, A), Optional.of(turned));
            bias = constant("bias", Shape.of(H), Optional.empty());
            w2 = constant("fc2.weight", Shape.of(OUT, H), Optional.empty());
            Buffer index = new Buffer("order", Kind.INT, B, Place.CONSTANT);
            constants.add(new ConstantBuffer(
                    index, ConstantData.index(Shape.of(B), new double[] {2, 0, 1}), Optional.empty()));
            mix = index;
        }

        private Buffer constant(String name, Shape shape, Optional<Packing> packing) {
            Buffer buffer = new Buffer(name, Kind.REAL, shape.size(), Place.CONSTANT);
            double[] values = random.doubles(shape.size(), -1, 1).toArray();
            constants.add(new ConstantBuffer(buffer, ConstantData.real(shape, values), packing));
            return buffer;
        }

        private Buffer workspace(String name, Kind kind, int size, int slot) {
            Buffer buffer = new Buffer(name, kind, size, Place.WORKSPACE);
            slots.put(buffer, slot);
            return buffer;
        }

        private void step(Phase phase, Procedure... procedures) {
            steps.computeIfAbsent(phase, p -> new ArrayList<>()).addAll(List.of(procedures));
        }

        LoopProgram program() {
            List<Buffer> outputs = predict();
            boolean given = targets.isEmpty();
            List<Buffer> referenceInputs = new ArrayList<>();
            Buffer a0;
            Buffer b0;
            Buffer h0;
            Buffer z0;
            if (references) {
                a0 = new Buffer(names.get(0) + " reference", Kind.REAL, A, Place.REFERENCE_INPUT);
                b0 = new Buffer(names.get(1) + " reference", Kind.REAL, B, Place.REFERENCE_INPUT);
                referenceInputs.addAll(List.of(a0, b0));
                z0 = new Buffer("z reference", Kind.REAL, H, Place.STATE);
                h0 = new Buffer("h reference", Kind.REAL, H, Place.STATE);
                Buffer scratch = workspace("scratch", Kind.REAL, H, 0);
                step(Phase.REFERENCE, dense("z0", a0, b0, scratch), copy("copy", scratch, z0), relu("h0", z0, h0));
            } else {
                a0 = zeros("a zeros", A);
                b0 = zeros("b zeros", B);
                z0 = workspace("z reference", Kind.REAL, H, 6);
                h0 = workspace("h reference", Kind.REAL, H, 7);
                step(Phase.EXAMPLE, dense("z0", a0, b0, z0), relu("h0", z0, h0));
            }
            return explain(outputs, referenceInputs, a0, b0, z0, h0, given);
        }

        private Buffer zeros(String name, int size) {
            Buffer buffer = new Buffer(name, Kind.REAL, size, Place.CONSTANT);
            constants.add(
                    new ConstantBuffer(buffer, ConstantData.real(Shape.of(size), new double[size]), Optional.empty()));
            return buffer;
        }

        private List<Buffer> predict() {
            Buffer z = workspace("z", Kind.REAL, H, 0);
            Buffer h = workspace(names.get(2), Kind.REAL, H, 1);
            Buffer scores = new Buffer(names.get(4), Kind.REAL, OUT, Place.RESULT);
            Buffer winner = workspace("winner", Kind.INT, 1, 2);
            Buffer best = new Buffer("best", Kind.REAL, 1, Place.RESULT);
            step(
                    Phase.PREDICT,
                    dense("fc1", a, b, z),
                    relu("relu1", z, h),
                    head("fc2", h, scores),
                    argmax("winner", h, winner),
                    procedure("best", new Stmt.Store(best, i(0), functions(load(h, load(winner, i(0)))))));
            return List.of(scores, best);
        }

        private static Expr functions(Expr x) {
            Expr positive = add(call(Function.ABS, x), r(0.5));
            Expr one = add(call(Function.EXP, mul(x, r(-0.25))), call(Function.LOG, positive));
            Expr two = sub(call(Function.EXPM1, x), call(Function.LOG1P, positive));
            Expr three = new Expr.Binary(Operator.DIVIDE, call(Function.TANH, x), call(Function.SQRT, positive));
            Expr four = new Expr.Binary(Operator.REMAINDER, positive, r(0.3));
            return new Expr.Select(
                    new Expr.And(
                            new Expr.Compare(Relation.AT_LEAST, x, r(-100)),
                            new Expr.Compare(Relation.NOT_EQUAL, x, r(Double.NaN))),
                    sub(one, sub(two, add(three, new Expr.Binary(Operator.MIN, four, r(1e-30))))),
                    r(Double.POSITIVE_INFINITY));
        }

        /** z = W1 a + bias + b[order], the last only on the first three lanes. */
        private Procedure dense(String name, Buffer a, Buffer b, Buffer z) {
            Expr.Var u = integer("u");
            Expr.Var k = integer("k");
            Expr.Var sum = real("sum");
            Expr.Var at = integer("wAt");
            Expr gathered = load(b, load(mix, u));
            return procedure(
                    name,
                    new Stmt.Lanes(
                            u,
                            H,
                            List.of(
                                    new Stmt.Declare(sum, load(bias, u)),
                                    new Stmt.For(
                                            k,
                                            i(0),
                                            i(A),
                                            List.of(
                                                    new Stmt.Declare(at, add(mul(k, i(H)), u)),
                                                    new Stmt.Assign(sum, new Expr.Fma(load(a, k), load(w1, at), sum)))),
                                    new Stmt.Store(
                                            z,
                                            u,
                                            new Expr.Select(
                                                    new Expr.Compare(Relation.LESS, u, i(B)),
                                                    add(sum, gathered),
                                                    sum)))));
        }

        private Procedure copy(String name, Buffer from, Buffer to) {
            Expr.Var u = integer("u");
            return procedure(name, new Stmt.Lanes(u, H, List.of(new Stmt.Store(to, u, load(from, u)))));
        }

        private Procedure relu(String name, Buffer z, Buffer h) {
            Expr.Var u = integer("u");
            Expr y = new Expr.Binary(Operator.MAX, load(z, u), r(0));
            return procedure(name, new Stmt.Lanes(u, H, List.of(new Stmt.Store(h, u, y))));
        }

        private Procedure head(String name, Buffer h, Buffer out) {
            Expr.Var t = integer("t");
            Expr.Var k = integer("k");
            Expr.Var sum = real("sum");
            Expr weight = load(w2, add(mul(t, i(H)), k));
            return procedure(
                    name,
                    new Stmt.Lanes(
                            t,
                            OUT,
                            List.of(
                                    new Stmt.Declare(sum, r(0.1)),
                                    new Stmt.For(
                                            k,
                                            i(0),
                                            i(H),
                                            List.of(new Stmt.Assign(sum, new Expr.Fma(load(h, k), weight, sum)))),
                                    new Stmt.Store(out, t, sum))));
        }

        private Procedure argmax(String name, Buffer h, Buffer index) {
            Expr.Var k = integer("k");
            Expr.Var best = real("best");
            Expr.Var winner = integer("winner");
            return procedure(
                    name,
                    new Stmt.Declare(best, load(h, i(0))),
                    new Stmt.Declare(winner, i(0)),
                    new Stmt.For(
                            k,
                            i(1),
                            i(H),
                            List.of(new Stmt.If(
                                    new Expr.Compare(Relation.GREATER, load(h, k), best),
                                    List.of(new Stmt.Assign(best, load(h, k)), new Stmt.Assign(winner, k))))),
                    new Stmt.Store(index, i(0), winner));
        }

        private LoopProgram explain(
                List<Buffer> outputs,
                List<Buffer> referenceInputs,
                Buffer a0,
                Buffer b0,
                Buffer z0,
                Buffer h0,
                boolean given) {
            Buffer z = workspace("z", Kind.REAL, H, 3);
            Buffer h = workspace("h", Kind.REAL, H, 4);
            Buffer winner = workspace("winner", Kind.INT, 1, 5);
            step(Phase.EXAMPLE, dense("fc1", a, b, z), relu("relu1", z, h), argmax("winner", h, winner));
            Buffer sumA = new Buffer("sum a", Kind.REAL, A, Place.ACCUMULATOR);
            Buffer sumB = new Buffer("sum b", Kind.REAL, B, Place.ACCUMULATOR);
            Buffer sumOut = new Buffer("sum out", Kind.REAL, 1, Place.ACCUMULATOR);
            step(Phase.START, procedure("clear", fill(sumA), fill(sumB), fill(sumOut)));
            Buffer slope = workspace("slope", Kind.REAL, H, 1);
            step(references ? Phase.PAIR : Phase.EXAMPLE, slopes(z, h, z0, h0, slope));
            Buffer target = new Buffer("target", Kind.INT, 1, Place.TARGET);
            Buffer m = workspace("m", Kind.REAL, H, 0);
            step(
                    Phase.PAIR_TARGET,
                    multipliers(slope, target, winner, m),
                    accumulate(m, a0, b0, h0, target, sumA, sumB, sumOut));
            Buffer contributionsA = new Buffer("contributions a", Kind.REAL, A, Place.RESULT);
            Buffer contributionsB = new Buffer("contributions b", Kind.REAL, B, Place.RESULT);
            Buffer output = new Buffer("output", Kind.REAL, 1, Place.RESULT);
            Buffer referenceOutput = new Buffer("reference output", Kind.REAL, 1, Place.RESULT);
            Buffer delta = new Buffer("delta", Kind.REAL, 1, Place.RESULT);
            step(
                    Phase.FINISH,
                    mean("mean a", sumA, contributionsA),
                    mean("mean b", sumB, contributionsB),
                    mean("mean out", sumOut, referenceOutput),
                    outputs(h, target, output),
                    delta(contributionsA, contributionsB, output, referenceOutput, delta));
            return new LoopProgram(
                    List.of(
                            new LoopProgram.Port(names.get(0), Shape.of(A), a),
                            new LoopProgram.Port(names.get(1), Shape.of(1, B), b)),
                    referenceInputs,
                    List.of(
                            new LoopProgram.Port(names.get(4), Shape.of(OUT), outputs.get(0)),
                            new LoopProgram.Port("best", Shape.SCALAR, outputs.get(1))),
                    new LoopProgram.Results(
                            List.of(contributionsA, contributionsB),
                            List.of(),
                            List.of(),
                            output,
                            Optional.of(referenceOutput),
                            Optional.of(delta)),
                    constants,
                    steps,
                    slots,
                    targets,
                    given);
        }

        private Procedure slopes(Buffer z, Buffer h, Buffer z0, Buffer h0, Buffer slope) {
            Expr.Var u = integer("u");
            Expr.Var dz = real("dz");
            Expr rise = new Expr.Binary(Operator.DIVIDE, sub(load(h, u), load(h0, u)), dz);
            return procedure(
                    "slope",
                    new Stmt.Lanes(
                            u,
                            H,
                            List.of(
                                    new Stmt.Declare(dz, sub(load(z, u), load(z0, u))),
                                    new Stmt.Store(
                                            slope,
                                            u,
                                            new Expr.Select(
                                                    new Expr.Compare(Relation.AT_MOST, call(Function.ABS, dz), r(1e-7)),
                                                    r(0.5),
                                                    rise)))));
        }

        /** m = w2[target] * slope, and once more where the winner sits: a scatter by an index that data decides. */
        private Procedure multipliers(Buffer slope, Buffer target, Buffer winner, Buffer m) {
            Expr.Var u = integer("u");
            Expr weight = load(w2, add(mul(load(target, i(0)), i(H)), u));
            Expr.Var at = integer("at");
            return procedure(
                    "multipliers",
                    new Stmt.Lanes(u, H, List.of(new Stmt.Store(m, u, mul(weight, load(slope, u))))),
                    new Stmt.Declare(at, load(winner, i(0))),
                    new Stmt.Store(m, at, add(load(m, at), new Expr.ToReal(at))));
        }

        private Procedure accumulate(
                Buffer m, Buffer a0, Buffer b0, Buffer h0, Buffer target, Buffer sumA, Buffer sumB, Buffer sumOut) {
            Expr.Var k = integer("k");
            Expr.Var u = integer("u");
            Expr.Var sum = real("sum");
            Expr.Var v = integer("v");
            Expr.Var t = integer("t");
            Expr.Var out = real("out");
            return procedure(
                    "accumulate",
                    new Stmt.Lanes(
                            k,
                            A,
                            List.of(
                                    new Stmt.Declare(sum, r(0)),
                                    new Stmt.For(
                                            u,
                                            i(0),
                                            i(H),
                                            List.of(new Stmt.Assign(
                                                    sum,
                                                    new Expr.Fma(load(m, u), load(w1, add(mul(k, i(H)), u)), sum)))),
                                    new Stmt.Store(
                                            sumA, k, new Expr.Fma(sum, sub(load(a, k), load(a0, k)), load(sumA, k))))),
                    new Stmt.Lanes(
                            v,
                            B,
                            List.of(new Stmt.Store(
                                    sumB,
                                    v,
                                    add(load(sumB, v), mul(load(m, load(mix, v)), sub(load(b, v), load(b0, v))))))),
                    new Stmt.Declare(out, r(0.1)),
                    new Stmt.For(
                            t,
                            i(0),
                            i(H),
                            List.of(new Stmt.Assign(
                                    out,
                                    new Expr.Fma(load(h0, t), load(w2, add(mul(load(target, i(0)), i(H)), t)), out)))),
                    new Stmt.Store(sumOut, i(0), add(load(sumOut, i(0)), out)));
        }

        private Procedure mean(String name, Buffer sum, Buffer mean) {
            Expr.Var count = integer("count");
            Expr.Var k = integer("k");
            List<Stmt> body = List.of(new Stmt.Lanes(
                    k,
                    sum.size(),
                    List.of(new Stmt.Store(
                            mean, k, new Expr.Binary(Operator.DIVIDE, load(sum, k), new Expr.ToReal(count))))));
            return new Procedure(name, List.of(), List.of(sum), List.of(mean), Optional.of(count), body);
        }

        private Procedure outputs(Buffer h, Buffer target, Buffer output) {
            Expr.Var k = integer("k");
            Expr.Var sum = real("sum");
            Expr weight = load(w2, add(mul(load(target, i(0)), i(H)), k));
            return procedure(
                    "output",
                    new Stmt.Declare(sum, r(0.1)),
                    new Stmt.For(k, i(0), i(H), List.of(new Stmt.Assign(sum, new Expr.Fma(load(h, k), weight, sum)))),
                    new Stmt.Store(output, i(0), sum));
        }

        private Procedure delta(Buffer ca, Buffer cb, Buffer output, Buffer referenceOutput, Buffer delta) {
            Expr.Var k = integer("k");
            Expr.Var l = integer("l");
            Expr.Var sum = real("sum");
            return procedure(
                    "delta",
                    new Stmt.Declare(sum, r(0)),
                    new Stmt.For(k, i(0), i(A), List.of(new Stmt.Assign(sum, add(sum, load(ca, k))))),
                    new Stmt.For(l, i(0), i(B), List.of(new Stmt.Assign(sum, add(sum, load(cb, l))))),
                    new Stmt.Store(delta, i(0), sub(sum, sub(load(output, i(0)), load(referenceOutput, i(0))))));
        }
    }
}

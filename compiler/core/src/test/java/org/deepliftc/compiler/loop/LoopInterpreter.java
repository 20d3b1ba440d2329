package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.loop.Buffer.Place;
import org.deepliftc.runtime.ModelDescription.ElementType;

/**
 * Walks a loop program statement by statement: the meaning that printers have to keep, bit for bit. Every buffer has
 * memory of its own, so that a wrong memory plan shows as a difference.
 */
public final class LoopInterpreter {

    /** The results of one example: for each target, for each result buffer, its elements. */
    public record Explained(List<Map<Buffer, double[]>> targets) {}

    private record Cell(Buffer buffer, int slot) {}

    private final LoopProgram program;
    private final boolean single;
    private final Map<Cell, double[]> memory = new HashMap<>();
    private final Map<Expr.Var, Double> variables = new HashMap<>();
    private int targetSlot;
    private int target;
    private int point;
    private int reference;
    private int referenceCount = 1;

    public LoopInterpreter(LoopProgram program, ElementType type) {
        this.program = program;
        this.single = type == ElementType.FLOAT;
        for (ConstantBuffer constant : program.constants()) {
            double[] logical = constant.data().toArray();
            double[] packed = constant.packing().map(p -> p.packed(logical)).orElse(logical);
            for (int i = 0; i < packed.length; i++) {
                packed[i] = round(packed[i]);
            }
            memory.put(new Cell(constant.buffer(), 0), packed);
        }
    }

    /** The outputs of one example, in declared order. */
    public List<double[]> predict(double[]... inputs) {
        set(inputs);
        run(Phase.PREDICT);
        List<double[]> outputs = new ArrayList<>();
        program.predictions().forEach(port -> outputs.add(array(port.buffer()).clone()));
        return outputs;
    }

    /**
     * Explains one example.
     *
     * @param references {@code [reference][input][element]}; empty without an axis of references
     * @param targets the indices; where the program fixes none and is given none, one of any value
     */
    public Explained explain(double[][][] references, int[] targets, double[]... inputs) {
        set(inputs);
        run(Phase.EXAMPLE);
        referenceCount = Math.max(1, references.length);
        eachTarget(targets, Phase.START);
        for (reference = 0; reference < referenceCount; reference++) {
            if (references.length > 0) {
                for (int i = 0; i < references[reference].length; i++) {
                    memory.put(new Cell(program.referenceInputs().get(i), 0), references[reference][i].clone());
                }
                run(Phase.REFERENCE);
            }
            for (point = 0; point < program.points(); point++) {
                run(Phase.PAIR);
                eachTarget(targets, Phase.PAIR_TARGET);
            }
        }
        List<Map<Buffer, double[]>> all = new ArrayList<>();
        for (targetSlot = 0; targetSlot < targets.length; targetSlot++) {
            target = targets[targetSlot];
            run(Phase.FINISH);
            Map<Buffer, double[]> results = new LinkedHashMap<>();
            memory.forEach((cell, values) -> {
                if (cell.buffer.place() == Place.RESULT) {
                    results.put(cell.buffer, values.clone());
                }
            });
            all.add(results);
        }
        return new Explained(all);
    }

    private void set(double[][] inputs) {
        for (int i = 0; i < inputs.length; i++) {
            memory.put(new Cell(program.inputs().get(i).buffer(), 0), inputs[i].clone());
        }
    }

    private void eachTarget(int[] targets, Phase phase) {
        for (targetSlot = 0; targetSlot < targets.length; targetSlot++) {
            target = targets[targetSlot];
            run(phase);
        }
    }

    private void run(Phase phase) {
        for (Procedure procedure : program.steps(phase)) {
            procedure
                    .referenceCount()
                    .ifPresent(count -> variables.put(count, (double) referenceCount * program.points()));
            procedure.rows().ifPresent(rows -> variables.put(rows, 1.0));
            procedure.steps().values().forEach(step -> variables.put(step, 0.0));
            run(procedure.body());
        }
    }

    private void run(List<Stmt> body) {
        for (Stmt stmt : body) {
            run(stmt);
        }
    }

    private void run(Stmt stmt) {
        if (stmt instanceof Stmt.Declare declare) {
            variables.put(declare.variable(), value(declare.value()));
        } else if (stmt instanceof Stmt.Assign assign) {
            variables.put(assign.variable(), value(assign.value()));
        } else if (stmt instanceof Stmt.Store store) {
            array(store.buffer())[(int) value(store.index())] = value(store.value());
        } else if (stmt instanceof Stmt.For loop) {
            loop(loop.variable(), (int) value(loop.from()), (int) value(loop.to()), loop.body());
        } else if (stmt instanceof Stmt.Rows rows) {
            loop(rows.variable(), 0, (int) value(rows.extent()), rows.body());
        } else if (stmt instanceof Stmt.Lanes lanes) {
            loop(lanes.variable(), 0, lanes.extent(), lanes.body());
        } else if (stmt instanceof Stmt.If choice && value(choice.condition()) != 0) {
            run(choice.then());
        }
    }

    private void loop(Expr.Var variable, int from, int to, List<Stmt> body) {
        for (int i = from; i < to; i++) {
            variables.put(variable, (double) i);
            run(body);
        }
    }

    private double[] array(Buffer buffer) {
        if (buffer.place().isNumber()) {
            return new double[] {buffer.place() == Place.TARGET ? target : point};
        }
        int slot = buffer.place() == Place.ACCUMULATOR ? targetSlot : 0;
        return memory.computeIfAbsent(new Cell(buffer, slot), cell -> new double[buffer.size()]);
    }

    private double value(Expr expr) {
        double value = exact(expr);
        return expr.kind() == Kind.REAL ? round(value) : value;
    }

    private double round(double value) {
        return single ? (float) value : value;
    }

    private double exact(Expr expr) {
        if (expr instanceof Expr.Real real) {
            return real.value();
        } else if (expr instanceof Expr.Int integer) {
            return integer.value();
        } else if (expr instanceof Expr.Var variable) {
            return variables.get(variable);
        } else if (expr instanceof Expr.Load load) {
            return array(load.buffer())[(int) value(load.index())];
        } else if (expr instanceof Expr.Binary binary) {
            return binary(binary, value(binary.left()), value(binary.right()));
        } else if (expr instanceof Expr.Fma fma) {
            double a = value(fma.a());
            double b = value(fma.b());
            double c = value(fma.c());
            return single ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
        } else if (expr instanceof Expr.Call call) {
            return call(call.function(), value(call.arguments().get(0)));
        } else if (expr instanceof Expr.Compare compare) {
            return holds(compare.relation(), value(compare.left()), value(compare.right())) ? 1 : 0;
        } else if (expr instanceof Expr.And and) {
            return value(and.left()) != 0 && value(and.right()) != 0 ? 1 : 0;
        } else if (expr instanceof Expr.Select select) {
            return value(select.condition()) != 0 ? value(select.then()) : value(select.otherwise());
        }
        if (expr instanceof Expr.ToInt toInt) {
            return (int) value(toInt.value());
        }
        return value(((Expr.ToReal) expr).value());
    }

    private static double binary(Expr.Binary binary, double l, double r) {
        boolean ints = binary.kind() == Kind.INT;
        return switch (binary.operator()) {
            case ADD -> ints ? (int) l + (int) r : l + r;
            case SUBTRACT -> ints ? (int) l - (int) r : l - r;
            case MULTIPLY -> ints ? (int) l * (int) r : l * r;
            case DIVIDE -> ints ? (int) l / (int) r : l / r;
            case REMAINDER -> ints ? (int) l % (int) r : l % r;
            case MIN -> Math.min(l, r);
            case MAX -> Math.max(l, r);
        };
    }

    private static double call(Expr.Function function, double x) {
        return switch (function) {
            case EXP -> StrictMath.exp(x);
            case EXPM1 -> StrictMath.expm1(x);
            case LOG -> StrictMath.log(x);
            case LOG1P -> StrictMath.log1p(x);
            case TANH -> StrictMath.tanh(x);
            case POW -> throw new IllegalArgumentException("no program of these tests has powers");
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case SQRT -> Math.sqrt(x);
            case ABS -> Math.abs(x);
        };
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
}

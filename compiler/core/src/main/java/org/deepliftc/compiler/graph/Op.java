package org.deepliftc.compiler.graph;

import java.util.List;
import java.util.Optional;

/**
 * What a node computes. One record a family; {@link #match} is the exhaustive switch over them: a new record does not
 * compile until every total function (shape, meaning, rule, lowering, printing) has answered for it.
 *
 * <p>Shapes are without the batch dimension and channels first, {@code [channels, space...]}; weights are
 * {@code [out, in, ...]}.
 */
public sealed interface Op {

    /** Calls the method of {@code cases} that belongs to this record. */
    <R> R match(OpCases<R> cases);

    // ---- leaves -------------------------------------------------------------------------------------------------

    /** Which value a leaf stands for. */
    enum Role {
        /** Row of a model input. */
        ACTUAL,
        /** The reference of a model input. */
        REFERENCE,
        /** The flat index of the explained neuron. */
        TARGET,
        /** The number of a point on the path from reference to example. */
        STEP,
        /** In the body of a {@link Scan}: a state, as the step before left it. */
        CARRIED,
        /** In the body of a {@link Scan}: the element of a sequence that belongs to this step. */
        SCANNED
    }

    /**
     * A value that is given: when called, input number {@code index} of the model, its reference, the target, or which of
     * {@code index} points on the path is meant; in each step of a recurrence, its state or sequence number {@code index}.
     */
    record Input(Role role, int index, Shape shape, ElementType type) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.input(this);
        }
    }

    /** A value known when compiling. */
    record Constant(ConstantData data) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.constant(this);
        }
    }

    // ---- elementwise --------------------------------------------------------------------------------------------

    /** y = f(x); inputs (x), or (x, slope) for prelu. */
    record Elementwise(Activation activation) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.elementwise(this);
        }
    }

    /**
     * (f(a) - f(b)) / (a - b) in closed form, its limit f'(a) where a = b; inputs (a, b), or (a, b, slope) for prelu.
     * With the same node twice it is the derivative.
     */
    record DividedDifference(Activation activation) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.dividedDifference(this);
        }
    }

    /** The operators of {@link Binary}. */
    enum BinaryKind {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MAXIMUM,
        MINIMUM,
        /** 1 where the first operand is at least the second, 0 elsewhere. */
        AT_LEAST,
        /** The quotient, and 1 where the divisor is 0: a slope whose rise and run vanish together. */
        SLOPE;

        /** True for the kinds that take any number of operands, at least two. */
        public boolean isVariadic() {
            return this == MAXIMUM || this == MINIMUM;
        }
    }

    /** An operation on two values that broadcast; MAXIMUM and MINIMUM take more than two also. */
    record Binary(BinaryKind kind) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.binary(this);
        }
    }

    /** Where the first input is not 0 the second, elsewhere the third; all three of one shape. */
    record Select() implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.select(this);
        }
    }

    // ---- affine -------------------------------------------------------------------------------------------------

    /** Whether a linear operator maps inputs to outputs, or hands multipliers of its outputs to its inputs. */
    enum Direction {
        FORWARD,
        TRANSPOSED
    }

    /**
     * FORWARD: y[..., o] = b[o] + sum_i W[o, i] x[..., i]; inputs (x, W) or (x, W, b).
     * TRANSPOSED: m[..., i] = sum_o W[o, i] m'[..., o]; inputs (m', W).
     */
    record Dense(Direction direction) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.dense(this);
        }
    }

    /** Matrix product of two activations over the last two axes, the leading axes broadcasting as in ONNX MatMul. */
    record MatMul(boolean transposeLeft, boolean transposeRight) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.matMul(this);
        }
    }

    /**
     * Cross-correlation over all spatial axes; inputs (x [C, space...], W [O, C/groups, window...]) and optionally
     * b [O].
     */
    record Convolution(Window window, int groups) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.convolution(this);
        }
    }

    /**
     * The transpose of {@link Convolution} with the same window, groups and weights: from [O, output space...] to
     * [C, {@code space}]; inputs (m, W).
     */
    record ConvolutionTransposed(Window window, int groups, Shape space) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.convolutionTransposed(this);
        }
    }

    /**
     * Inference-time batch normalisation along axis 0; inputs (x, gamma, beta, mean, variance), the last four [C].
     */
    record BatchNorm(double epsilon) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.batchNorm(this);
        }
    }

    // ---- pools --------------------------------------------------------------------------------------------------

    /** The largest value in each window, channel by channel; padding never wins. */
    record MaxPool(Window window) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.maxPool(this);
        }
    }

    /** For each window of {@link MaxPool}, the flat spatial position of its winner, the first where tied (INDEX). */
    record ArgMaxPool(Window window) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.argMaxPool(this);
        }
    }

    /**
     * y[c, p] = x[c, index[c, p]], positions flat; inputs (x [C, space...], index [C, out...]).
     *
     * @param window where given, index[c, p] lies in window p, and no two of those windows meet
     */
    record GatherPositions(Optional<Window> window) implements Op {
        /** Positions that may lie anywhere. */
        public GatherPositions() {
            this(Optional.empty());
        }

        /** Positions in the windows of a pool. */
        public static GatherPositions in(Window window) {
            return new GatherPositions(Optional.of(window).filter(Window::isDisjoint));
        }

        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.gatherPositions(this);
        }
    }

    /**
     * The transpose of {@link GatherPositions}: adds m[c, p] to y[c, index[c, p]]; inputs (m, index).
     *
     * @param window as there
     */
    record ScatterPositions(Shape space, Optional<Window> window) implements Op {
        /** Positions that may lie anywhere. */
        public ScatterPositions(Shape space) {
            this(space, Optional.empty());
        }

        /** What reads at the positions that this one adds to. */
        public GatherPositions gather() {
            return new GatherPositions(window);
        }

        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.scatterPositions(this);
        }
    }

    /**
     * The straight path from b to a through each window of {@link MaxPool}: entry i is the largest on a share s_i of it, the
     * first where entries stay equal (paper 2.3.3, eq. 14). FORWARD: y[p] = sum_i s_i v[i], from [C, {@code space}];
     * inputs (v, a, b). TRANSPOSED: v[i] += s_i m[p], to [C, {@code space}]; inputs (m, a, b). With the same node for a and
     * b all of the path is the winner's.
     *
     * @param space the spatial shape on the input side
     */
    record SegmentPool(Window window, Direction direction, Shape space) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.segmentPool(this);
        }
    }

    /**
     * The mean of each window, channel by channel. TRANSPOSED hands back to [C, {@code space}].
     *
     * @param countPadding whether padded positions count in the divisor
     * @param space the spatial shape on the input side
     */
    record AveragePool(Window window, boolean countPadding, Direction direction, Shape space) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.averagePool(this);
        }
    }

    // ---- reductions and movement --------------------------------------------------------------------------------

    /** The operators of {@link Reduce}. */
    enum ReduceKind {
        SUM,
        MEAN,
        MAX
    }

    /** Reduces over {@code axes}, which are distinct, ascending and not negative. */
    record Reduce(ReduceKind kind, List<Integer> axes, boolean keepDims) implements Op {
        public Reduce {
            axes = List.copyOf(axes);
        }

        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.reduce(this);
        }
    }

    /** Repeats along axes of extent 1 (and new leading axes) until the shape is {@code shape}. */
    record Broadcast(Shape shape) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.broadcast(this);
        }
    }

    /** The same elements, row-major, under another shape. */
    record Reshape(Shape shape) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.reshape(this);
        }
    }

    /** Axis k of the result is axis {@code permutation[k]} of the input. */
    record Transpose(List<Integer> permutation) implements Op {
        public Transpose {
            permutation = List.copyOf(permutation);
        }

        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.transpose(this);
        }
    }

    /** Joins any number of inputs along an axis. */
    record Concat(int axis) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.concat(this);
        }
    }

    /** y[i...] = x[start + i step ...]; a step may be negative. {@code shape} is the shape of the result. */
    record Slice(List<Integer> starts, List<Integer> steps, Shape shape) implements Op {
        public Slice {
            starts = List.copyOf(starts);
            steps = List.copyOf(steps);
        }

        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.slice(this);
        }
    }

    /**
     * Puts x into a tensor of shape {@code shape} filled with {@code value}: y[start + i step ...] = x[i...]. Padding
     * is its case with all steps 1; the transpose of {@link Slice} its case with value 0.
     */
    record Embed(List<Integer> starts, List<Integer> steps, Shape shape, double value) implements Op {
        public Embed {
            starts = List.copyOf(starts);
            steps = List.copyOf(steps);
        }

        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.embed(this);
        }
    }

    // ---- whole-tensor -------------------------------------------------------------------------------------------
    /** exp(x) / sum exp(x) along an axis. */
    record Softmax(int axis) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.softmax(this);
        }
    }

    /** x - log sum exp(x) along an axis. */
    record LogSoftmax(int axis) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.logSoftmax(this);
        }
    }

    /** The flat position of the largest element, the first where tied (scalar INDEX). */
    record ArgMax() implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.argMax(this);
        }
    }

    /** 1 at the flat position given by a scalar INDEX, 0 elsewhere. */
    record OneHot(Shape shape) implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.oneHot(this);
        }
    }

    /** The element (scalar) of the first input at the flat position given by the second, a scalar INDEX. */
    record Pick() implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.pick(this);
        }
    }

    /**
     * Rows of a table by number: y[i..., d...] = table[x[i...], d...]; inputs (x, table [entries, ...]). A number is taken
     * without its fraction, and beyond either end stands for the first or the last entry.
     */
    record LookUp() implements Op {
        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.lookUp(this);
        }
    }

    /** The mean over axes of the explanation, in their order; takes the axes off the value. */
    record MeanOver(List<Axis> axes) implements Op {
        public MeanOver {
            axes = List.copyOf(axes);
        }

        public MeanOver(Axis axis) {
            this(List.of(axis));
        }

        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.meanOver(this);
        }
    }

    // ---- recurrence ---------------------------------------------------------------------------------------------

    /**
     * A recurrence: {@code body} is run once for each position of its sequences, and what it calls {@code output} is
     * stacked by position, [length, ...]. Inputs: the state before the first step for each that the body carries, then the
     * sequences it reads, [length, ...] each. Several values of one recurrence are several nodes that differ in
     * {@code output} alone; they are computed together.
     */
    record Scan(ScanBody body, String output) implements Op {
        public Scan {
            if (!body.graph().outputs().containsKey(output)) {
                throw new IllegalArgumentException("the body of a scan has no value '" + output + "'");
            }
        }

        @Override
        public <R> R match(OpCases<R> cases) {
            return cases.scan(this);
        }

        @Override
        public String toString() {
            return "Scan[" + output + ", length=" + body.length() + (body.reversed() ? ", reversed" : "") + "]";
        }
    }
}

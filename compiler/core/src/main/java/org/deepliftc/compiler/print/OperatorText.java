package org.deepliftc.compiler.print;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.OpCases;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** One node as an expression of the language. */
record OperatorText(Expressions expressions, StoredTensors stored, Node node, String definition)
        implements OpCases<String> {

    private String x(int index) {
        return expressions.operand(node, index, definition);
    }

    /** All operands, one after the other. */
    private String all() {
        return IntStream.range(0, node.inputs().size()).mapToObj(this::x).collect(Collectors.joining(", "));
    }

    private static Expressions.Unprintable unprintable(String what) {
        return new Expressions.Unprintable(what + " has no form in the language");
    }

    private static String internal(Op op) {
        throw unprintable("operator " + op.getClass().getSimpleName());
    }

    @Override
    public String scan(Op.Scan op) {
        throw unprintable("a recurrence that no recurrent layer makes");
    }

    @Override
    public String segmentPool(Op.SegmentPool op) {
        return internal(op);
    }

    @Override
    public String lookUp(Op.LookUp op) {
        requireConstants(1);
        Shape table = node.input(1).shape();
        if (table.rank() != 2) {
            throw unprintable("a table of other than rows");
        }
        Optional<String> base = stored.layer(definition, List.of(node.input(1)), List.of(".weight"), "");
        String weights = base.isEmpty()
                ? named("weight", 1, ".weight")
                : base.get().equals(definition) ? "" : ", weights = \"" + base.get() + "\"";
        return "embedding(" + x(0) + ", entries = " + table.dim(0) + ", features = " + table.dim(1) + weights + ")";
    }

    // ---- layers with weights ------------------------------------------------------------------------------------

    @Override
    public String dense(Op.Dense op) {
        if (op.direction() != Op.Direction.FORWARD) {
            throw unprintable("a transposed dense layer");
        }
        return layer("dense(" + x(0) + ", units = " + node.input(1).shape().dim(0));
    }

    @Override
    public String convolution(Op.Convolution op) {
        Window window = op.window();
        int rank = window.rank();
        Shape weight = node.input(1).shape();
        String size = rank == 1 ? "width = " + window.size().get(0) : "size = " + Numbers.perAxis(window.size());
        return layer("conv" + rank + "d(" + x(0) + ", filters = " + weight.dim(0) + ", " + size + sliding(window, 1)
                + (op.groups() == 1 ? "" : ", groups = " + op.groups()));
    }

    /** Closes a call with the names of weight and bias. */
    private String layer(String call) {
        requireConstants(1);
        List<Node> weights = node.inputs().subList(1, node.inputs().size());
        boolean hasBias = weights.size() > 1;
        List<String> suffixes = hasBias ? List.of(".weight", ".bias") : List.of(".weight");
        Optional<String> base = stored.layer(definition, weights, suffixes, hasBias ? "" : ".bias");
        if (base.isPresent()) {
            return call + (base.get().equals(definition) ? "" : ", weights = \"" + base.get() + "\"")
                    + (hasBias ? "" : ", bias = false") + ")";
        }
        return call + named("weight", 1, ".weight") + (hasBias ? named("bias", 2, ".bias") : "") + ")";
    }

    private void requireConstants(int from) {
        if (!node.inputs().stream().skip(from).allMatch(Node::isConstant)) {
            throw unprintable("a layer whose weights are computed");
        }
    }

    private String named(String parameter, int index, String suffix) {
        return ", " + parameter + " = \"" + stored.single(node.input(index), definition + suffix) + "\"";
    }

    @Override
    public String batchNorm(Op.BatchNorm op) {
        requireConstants(1);
        String call = "batchnorm(" + x(0) + ", epsilon = " + Numbers.text(op.epsilon());
        List<Node> weights = node.inputs().subList(1, 5);
        List<String> suffixes = List.of(".weight", ".bias", ".running_mean", ".running_var");
        Optional<String> base = stored.layer(definition, weights, suffixes, "");
        if (base.isPresent()) {
            return call + (base.get().equals(definition) ? "" : ", weights = \"" + base.get() + "\"") + ")";
        }
        return call + named("weight", 1, ".weight") + named("bias", 2, ".bias") + named("mean", 3, ".running_mean")
                + named("variance", 4, ".running_var") + ")";
    }

    // ---- elementwise --------------------------------------------------------------------------------------------

    @Override
    public String elementwise(Op.Elementwise op) {
        if (op.activation() instanceof Activation.UserDefined defined) {
            return expressions.call(defined, x(0));
        }
        Activation.Builtin builtin = (Activation.Builtin) op.activation();
        if (builtin.kind() != Activation.Kind.PRELU) {
            return builtin.name() + "(" + x(0) + Numbers.parameters(builtin) + ")";
        }
        requireConstants(1);
        Node slope = node.input(1);
        Shape shape = slope.shape();
        Shape value = node.shape();
        // a list of as many numbers as channels would be read as those of the channels
        boolean ambiguous = shape.rank() == 1 && value.rank() > 1 && shape.dim(0) == value.dim(0);
        Shape written = ambiguous ? new Shape(Collections.nCopies(value.rank() - 1, 1)).append(shape) : shape;
        return "prelu(" + x(0) + ", slope = \"" + stored.single(slope, definition + ".slope", written) + "\")";
    }

    @Override
    public String binary(Op.Binary op) {
        return switch (op.kind()) {
            case ADD -> x(0) + " + " + x(1);
            case SUBTRACT -> x(0) + " - " + x(1);
            case MULTIPLY -> isMinusOne(node.input(1)) ? "-" + x(0) : x(0) + " * " + x(1);
            case DIVIDE -> x(0) + " / " + x(1);
            case MAXIMUM -> "maximum(" + all() + ")";
            case MINIMUM -> "minimum(" + all() + ")";
            case AT_LEAST -> "at_least(" + all() + ")";
            case SLOPE -> internal(op);
        };
    }

    private boolean isMinusOne(Node factor) {
        return factor.isConstant()
                && factor.shape().rank() == 0
                && factor.constant().at(0) == -1
                && !node.input(0).isConstant();
    }

    @Override
    public String matMul(Op.MatMul op) {
        if (op.transposeLeft() || op.transposeRight()) {
            return "matmul(" + all()
                    + (op.transposeLeft() ? ", transpose_left = true" : "")
                    + (op.transposeRight() ? ", transpose_right = true)" : ")");
        }
        return x(0) + " @ " + x(1);
    }

    // ---- pools and reductions -----------------------------------------------------------------------------------

    @Override
    public String maxPool(Op.MaxPool op) {
        Window window = op.window();
        Shape space = node.input(0).shape().from(1);
        boolean whole = window.size().equals(space.dims())
                && Expressions.isAll(window.stride(), 1)
                && Expressions.isAll(window.dilation(), 1)
                && !window.isPadded();
        return whole ? "globalmaxpool(" + x(0) + ", keepdims = true)" : "maxpool" + pool(window) + ")";
    }

    @Override
    public String averagePool(Op.AveragePool op) {
        if (op.direction() != Op.Direction.FORWARD) {
            return internal(op);
        }
        return "avgpool" + pool(op.window()) + (op.countPadding() ? ", count_padding = true" : "") + ")";
    }

    private String pool(Window window) {
        int rank = window.rank();
        String size = rank == 1 ? "width = " + window.size().get(0) : "size = " + Numbers.perAxis(window.size());
        return rank + "d(" + x(0) + ", " + size + sliding(window, 0);
    }

    /** Stride, dilation and padding; {@code customary} is the stride left out, 0 for the window's own size. */
    private static String sliding(Window window, int customary) {
        boolean usual =
                customary == 0 ? window.stride().equals(window.size()) : Expressions.isAll(window.stride(), customary);
        return (usual ? "" : ", stride = " + Numbers.perAxis(window.stride()))
                + (Expressions.isAll(window.dilation(), 1) ? "" : ", dilation = " + Numbers.perAxis(window.dilation()))
                + (window.isPadded() ? ", padding = " + padding(window) : "");
    }

    private static String padding(Window window) {
        List<Integer> all = new ArrayList<>(window.padBefore());
        all.addAll(window.padAfter());
        if (all.stream().distinct().count() == 1) {
            return String.valueOf(all.get(0));
        }
        List<String> pairs = IntStream.range(0, window.rank())
                .mapToObj(axis -> "[" + window.padBefore().get(axis) + ", "
                        + window.padAfter().get(axis) + "]")
                .toList();
        return pairs.size() == 1 ? pairs.get(0) : "[" + String.join(", ", pairs) + "]";
    }

    @Override
    public String reduce(Op.Reduce op) {
        String keep = op.keepDims() ? ", keepdims = true" : "";
        int rank = node.input(0).shape().rank();
        List<Integer> space = IntStream.range(1, rank).boxed().toList();
        return switch (op.kind()) {
            case SUM -> "sum(" + x(0) + axes(op, rank) + keep + ")";
            case MEAN ->
                rank > 1 && op.axes().equals(space)
                        ? "globalavgpool(" + x(0) + keep + ")"
                        : "mean(" + x(0) + axes(op, rank) + keep + ")";
            case MAX -> "max(" + x(0) + ", axis = " + Numbers.list(op.axes()) + keep + ")";
        };
    }

    private static String axes(Op.Reduce op, int rank) {
        return op.axes().size() == rank ? "" : ", axis = " + Numbers.list(op.axes());
    }

    @Override
    public String softmax(Op.Softmax op) {
        return "softmax(" + x(0) + ", axis = " + op.axis() + ")";
    }

    @Override
    public String logSoftmax(Op.LogSoftmax op) {
        return "logsoftmax(" + x(0) + ", axis = " + op.axis() + ")";
    }

    // ---- movement -----------------------------------------------------------------------------------------------

    @Override
    public String broadcast(Op.Broadcast op) {
        return "broadcast(" + x(0) + ", " + Numbers.list(op.shape().dims()) + ")";
    }

    @Override
    public String reshape(Op.Reshape op) {
        boolean flat = op.shape().rank() == 1;
        return flat
                ? "flatten(" + x(0) + ")"
                : "reshape(" + x(0) + ", " + Numbers.list(op.shape().dims()) + ")";
    }

    @Override
    public String transpose(Op.Transpose op) {
        return "transpose(" + x(0) + ", " + Numbers.list(op.permutation()) + ")";
    }

    @Override
    public String concat(Op.Concat op) {
        return "concat(" + all() + ", axis = " + op.axis() + ")";
    }

    @Override
    public String slice(Op.Slice op) {
        return x(0) + "[" + Expressions.subscripts(op, node.input(0).shape()) + "]";
    }

    @Override
    public String embed(Op.Embed op) {
        if (!Expressions.isAll(op.steps(), 1)) {
            throw unprintable("zeros between elements");
        }
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < op.shape().rank(); axis++) {
            after.add(op.shape().dim(axis)
                    - op.starts().get(axis)
                    - node.input(0).shape().dim(axis));
        }
        return "pad(" + x(0)
                + (Expressions.isAll(op.starts(), 0) ? "" : ", before = " + Numbers.list(op.starts()))
                + (Expressions.isAll(after, 0) ? "" : ", after = " + Numbers.list(after))
                + (op.value() == 0
                        ? ""
                        : ", value = " + Numbers.text(op.value()).replaceAll("[()]", "")) + ")";
    }

    // ---- what models do not consist of --------------------------------------------------------------------------

    @Override
    public String input(Op.Input op) {
        return internal(op);
    }

    @Override
    public String constant(Op.Constant op) {
        return expressions.tensor(node, definition);
    }

    @Override
    public String dividedDifference(Op.DividedDifference op) {
        return internal(op);
    }

    @Override
    public String select(Op.Select op) {
        return "where(" + all() + ")";
    }

    @Override
    public String convolutionTransposed(Op.ConvolutionTransposed op) {
        Window window = op.window();
        int rank = window.rank();
        List<Integer> more = IntStream.range(0, rank)
                .mapToObj(axis -> outputPadding(op, axis))
                .toList();
        String size = rank == 1 ? "width = " + window.size().get(0) : "size = " + Numbers.perAxis(window.size());
        int filters = node.input(1).shape().dim(1) * op.groups();
        return layer("conv_transpose" + rank + "d(" + x(0) + ", filters = " + filters + ", " + size
                + sliding(window, 1) + (op.groups() == 1 ? "" : ", groups = " + op.groups())
                + (Expressions.isAll(more, 0) ? "" : ", output_padding = " + Numbers.perAxis(more)));
    }

    /** What the output has beyond the positions that the strides reach. */
    private int outputPadding(Op.ConvolutionTransposed op, int axis) {
        Window window = op.window();
        int stride = window.stride().get(axis);
        int reached = (node.input(0).shape().dim(axis + 1) - 1) * stride
                + window.reach(axis)
                - window.padBefore().get(axis)
                - window.padAfter().get(axis);
        int more = op.space().dim(axis) - reached;
        if (more < 0 || more >= stride) {
            throw unprintable("a transposed convolution whose output is larger than strides reach");
        }
        return more;
    }

    @Override
    public String argMaxPool(Op.ArgMaxPool op) {
        return internal(op);
    }

    @Override
    public String gatherPositions(Op.GatherPositions op) {
        return internal(op);
    }

    @Override
    public String scatterPositions(Op.ScatterPositions op) {
        return internal(op);
    }

    @Override
    public String argMax(Op.ArgMax op) {
        return internal(op);
    }

    @Override
    public String oneHot(Op.OneHot op) {
        return internal(op);
    }

    @Override
    public String pick(Op.Pick op) {
        return internal(op);
    }

    @Override
    public String meanOver(Op.MeanOver op) {
        return internal(op);
    }
}

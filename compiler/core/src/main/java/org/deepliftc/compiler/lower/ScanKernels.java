package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;

/**
 * A recurrence: a loop over its positions around the steps of its body, for all values of it that are stacked.
 *
 * <p>A state that is stacked lies in a history of one place more than there are positions: a step reads the place that the
 * step before wrote. Other states lie in one place, overwritten when nothing of the step reads them any more. Elements are padded to whole
 * vectors, so that lanes beyond one reach into no other.
 */
final class ScanKernels {

    /** Makes a buffer of so many elements a row. */
    @FunctionalInterface
    interface Buffers {
        Buffer of(String name, int size);
    }

    /** Where a value is copied at the end of a step. */
    private record Copy(Node from, Operands.Placed to) {}

    private final Operands operands;
    private final Phase phase;
    private final List<Node> together;
    private final Map<String, String> notes;
    private final ScanBody body;
    private final List<Node> inputs;
    private final Graph graph;
    private final Views views;
    private final Map<Buffer, Integer> pitches = new LinkedHashMap<>();
    private final Map<Node, Operands.Placed> histories = new HashMap<>();
    private final Map<Node, Operands.Placed> before = new HashMap<>();
    private final List<Copy> copies = new ArrayList<>();
    private final List<Copy> stateCopies = new ArrayList<>();

    /** @param together the values of the recurrence that are stacked */
    ScanKernels(Operands operands, Phase phase, List<Node> together, Map<String, String> notes) {
        this.operands = operands;
        this.phase = phase;
        this.together = together;
        this.notes = notes;
        this.body = ((Op.Scan) together.get(0).op()).body();
        this.inputs = together.get(0).inputs();
        this.graph = copyOf(body.graph());
        this.views = new Views(graph);
    }

    /** Nodes of its own: the same body may be lowered for the example and for the reference. */
    private static Graph copyOf(Graph graph) {
        GraphBuilder builder = new GraphBuilder();
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : graph.nodes()) {
            copies.put(
                    node,
                    builder.addLike(
                            node,
                            node.op(),
                            node.inputs().stream().map(copies::get).toList()));
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> outputs.put(name, copies.get(node)));
        return Graph.of(graph.name(), outputs);
    }

    /** Writes the recurrence and places its stacks; returns what to tell the reader of its steps. */
    List<String> write(Buffers buffers, Code code) {
        for (int i = 0; i < body.carried(); i++) {
            placeState(i, buffers, code);
        }
        for (Node value : together) {
            placeStack(value, buffers);
        }
        for (int i = 0; i < body.scanned(); i++) {
            int index = i;
            leaf(Op.Role.SCANNED, i).ifPresent(leaf -> placeElement(leaf, inputs.get(body.carried() + index)));
        }
        List<String> remarks = new ArrayList<>();
        code.loop("step", body.length(), (loop, step) -> {
            Expr position =
                    body.reversed() ? loop.let("position", Code.subtract(Code.integer(body.length() - 1), step)) : step;
            Map<Buffer, Expr> begins = new HashMap<>();
            pitches.forEach((buffer, pitch) -> begins.put(buffer, Code.times(position, pitch)));
            operands.inRecurrence(begins, () -> step(loop, remarks));
        });
        return remarks;
    }

    private void step(Code code, List<String> remarks) {
        for (Procedure part : new LowerGraph(graph, n -> phase, phase, operands, notes).steps(phase)) {
            code.append(part.body());
            remarks.addAll(part.comment());
        }
        copies.forEach(copy -> new MoveKernels(operands).copy(copy.from, copy.to, code));
        stateCopies.forEach(copy -> new MoveKernels(operands).copy(copy.from, copy.to, code));
    }

    private java.util.Optional<Node> leaf(Op.Role role, int index) {
        return graph.nodes().stream()
                .filter(n -> n.op() instanceof Op.Input input && input.role() == role && input.index() == index)
                .findFirst();
    }

    private Node output(String name) {
        return graph.outputs().get(name);
    }

    private boolean isStacked(Node node) {
        return together.stream().anyMatch(n -> output(((Op.Scan) n.op()).output()) == node);
    }

    /** True where a state is, as it was, the next value of one: it must outlive the end of the step. */
    private boolean becomesState(Node state) {
        for (int i = 0; i < body.carried(); i++) {
            Node origin = output(ScanBody.next(i));
            while (origin.op() instanceof Op.Reshape) {
                origin = origin.input(0);
            }
            if (origin == state) {
                return true;
            }
        }
        return false;
    }

    /** True for values that a kernel may write anywhere; others are copied there. */
    private static boolean writesInPlace(Node node) {
        return ElementwiseGroup.accepts(node.op()) || node.op() instanceof Op.Dense;
    }

    private void placeState(int index, Buffers buffers, Code code) {
        Node next = output(ScanBody.next(index));
        java.util.Optional<Node> state = leaf(Op.Role.CARRIED, index);
        boolean stacked = isStacked(next)
                || state.filter(s -> isStacked(s) || becomesState(s)).isPresent();
        View one = views.of(next);
        int pitch = View.padded(one.size());
        Node initial = inputs.get(index);
        if (!stacked) {
            if (state.isEmpty()) {
                return; // nobody reads what the step before left
            }
            Operands.Placed place = new Operands.Placed(buffers.of(next.name() + ".state", pitch), at(one, 0, pitch));
            operands.place(state.get(), place.buffer(), place.view());
            new MoveKernels(operands).copy(initial, place, code);
            stateCopies.add(new Copy(next, place));
            return;
        }
        Buffer history = buffers.of(next.name(), (body.length() + 1) * pitch);
        pitches.put(history, pitch);
        int written = body.reversed() ? 0 : pitch;
        Operands.Placed before = new Operands.Placed(history, at(one, pitch - written, pitch));
        Operands.Placed after = new Operands.Placed(history, at(one, written, pitch));
        int first = body.position(0) * pitch + pitch - written;
        new MoveKernels(operands).copy(initial, new Operands.Placed(history, at(one, first, pitch)), code);
        state.ifPresent(s -> {
            operands.place(s, before.buffer(), before.view());
            this.before.put(s, before);
        });
        put(next, after);
        histories.putIfAbsent(next, after);
    }

    /** Has a value written to a place in every step. */
    private void put(Node value, Operands.Placed place) {
        if (writesInPlace(value) && !operands.isPlaced(value)) {
            operands.place(value, place.buffer(), place.view());
        } else {
            copies.add(new Copy(value, place));
        }
    }

    private void placeStack(Node stack, Buffers buffers) {
        Node value = output(((Op.Scan) stack.op()).output());
        Operands.Placed element = before.containsKey(value) ? before.get(value) : histories.get(value);
        if (element == null) {
            View one = views.of(value);
            int pitch = View.padded(one.size());
            Buffer buffer = buffers.of(stack.name(), body.length() * pitch);
            pitches.put(buffer, pitch);
            element = new Operands.Placed(buffer, at(one, 0, pitch));
            put(value, element);
            histories.put(value, element);
        }
        int pitch = pitches.get(element.buffer());
        List<Integer> strides = new ArrayList<>(List.of(pitch));
        strides.addAll(element.view().strides());
        operands.place(
                stack,
                element.buffer(),
                new View(
                        stack.shape(),
                        strides,
                        element.view().offset(),
                        element.buffer().size()));
    }

    /** An element of a sequence lies where the sequence has it. */
    private void placeElement(Node leaf, Node sequence) {
        Operands.Placed all = operands.placed(sequence);
        View view = all.view();
        Shape shape = view.shape().from(1);
        View element = new View(shape, view.strides().subList(1, view.strides().size()), view.offset(), view.size());
        Integer known = pitches.putIfAbsent(all.buffer(), view.stride(0));
        if (known != null && known != view.stride(0)) {
            throw new IllegalStateException(sequence + " lies in memory that another sequence walks otherwise");
        }
        operands.place(leaf, all.buffer(), element);
    }

    /** One element of the layout of a value, with room up to the next. */
    private static View at(View one, int offset, int pitch) {
        return new View(one.shape(), one.strides(), one.offset() + offset, offset + pitch);
    }
}

package org.deepliftc.compiler.print;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;
import org.deepliftc.compiler.graph.Shape;

/**
 * The recurrences of a graph that are printed as layers, {@code lstm(x, units = 5, sequences = true, ...)}; such a layer
 * stands for the products in front of it too. Of the cells only the last are a value of the layer.
 */
final class Recurrences {
    private final Map<Node, List<Node>> users;
    private final Set<Node> outputs;
    private final Map<Node, Printed> printed = new HashMap<>();
    private final Set<Node> absorbed = new HashSet<>();

    /**
     * A layer, printed where the first of its recurrences stands.
     *
     * @param hidden the hidden states, if anything reads them
     * @param lastCell the cells after the last step, if anything reads them
     */
    record Printed(RecurrentLayer layer, Optional<Node> hidden, Optional<Node> lastCell) {}

    Recurrences(Graph graph) {
        this.users = graph.users();
        this.outputs = new HashSet<>(graph.outputs().values());
        Map<ScanBody, List<Node>> groups = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Scan scan) {
                groups.computeIfAbsent(scan.body(), body -> new ArrayList<>()).add(node);
            }
        }
        groups.values().forEach(this::recognise);
    }

    /** The layer to print in the place of a recurrence. */
    Optional<Printed> at(Node node) {
        return Optional.ofNullable(printed.get(node));
    }

    /** True for what a layer makes by itself. */
    boolean isPartOfLayer(Node node) {
        return absorbed.contains(node);
    }

    private void recognise(List<Node> scans) {
        Node first = scans.get(0);
        Optional<RecurrentLayer> layer = RecurrentLayer.of(first);
        Optional<Node> hidden = Optional.empty();
        Optional<Node> lastCell = Optional.empty();
        List<Node> parts = new ArrayList<>(RecurrentLayer.products(first));
        boolean fits = layer.isPresent() && parts.stream().noneMatch(product -> isReadElsewhere(product, scans));
        for (Node scan : scans) {
            fits &= scan.inputs().equals(first.inputs());
            if (isState(scan, 0) && hidden.isEmpty()) {
                hidden = Optional.of(scan);
            } else if (isState(scan, 1) && lastCell.isEmpty()) {
                lastCell = last(scan, parts);
                fits &= lastCell.isPresent();
            } else {
                fits = false;
            }
        }
        if (fits) {
            printed.put(first, new Printed(layer.orElseThrow(), hidden, lastCell));
            absorbed.addAll(parts);
            absorbed.addAll(scans);
            absorbed.remove(first);
        }
    }

    private boolean isReadElsewhere(Node product, List<Node> scans) {
        return outputs.contains(product) || !scans.containsAll(users.get(product));
    }

    private static boolean isState(Node scan, int index) {
        Op.Scan op = (Op.Scan) scan.op();
        Map<String, Node> values = op.body().graph().outputs();
        return index < op.body().carried() && values.get(op.output()) == values.get(ScanBody.next(index));
    }

    /** The value after the last step, where nothing else is read of a state; what leads there becomes part of the layer. */
    private Optional<Node> last(Node scan, List<Node> parts) {
        ScanBody body = ((Op.Scan) scan.op()).body();
        int units = scan.shape().dim(1);
        int position = body.position(body.length() - 1);
        Op slice = new Op.Slice(List.of(position, 0), List.of(1, 1), Shape.of(1, units));
        Optional<Node> row = onlyUser(scan).filter(user -> user.op().equals(slice));
        Optional<Node> last =
                row.flatMap(this::onlyUser).filter(user -> user.op().equals(new Op.Reshape(Shape.of(units))));
        last.ifPresent(node -> parts.addAll(List.of(row.orElseThrow(), node)));
        return last;
    }

    private Optional<Node> onlyUser(Node node) {
        List<Node> all = users.get(node);
        return all.size() == 1 && !outputs.contains(node) ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** The call of a layer at {@code scan}, {@code name} being that of its definition. */
    static String text(Printed printed, Node scan, String name, Expressions expressions, StoredTensors stored) {
        RecurrentLayer layer = printed.layer();
        Map<String, ConstantData> weights = new LinkedHashMap<>();
        weights.put(".weight_ih", layer.weights().input());
        weights.put(".weight_hh", layer.weights().recurrent());
        layer.weights().bias().ifPresent(bias -> weights.put(".bias_ih", bias));
        layer.weights().recurrentBias().ifPresent(bias -> weights.put(".bias_hh", bias));
        String states = printed.lastCell().isPresent() ? ", states = true" : "";
        return layer.function() + "(" + expressions.name(layer.sequence()) + layer.settings()
                + ", sequences = true" + states + ", weights = \"" + stored.made(name, weights) + "\""
                + initial(layer, scan, name, expressions) + ")";
    }

    private static String initial(RecurrentLayer layer, Node scan, String name, Expressions expressions) {
        Shape shape = Shape.of(layer.units());
        ConstantData zero = ConstantData.real(shape, new double[shape.size()]);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < layer.initial().size(); i++) {
            Node state = layer.initial().get(i);
            boolean isCustomary =
                    state.isConstant() && state.constant().digest().equals(zero.digest());
            if (!isCustomary) {
                text.append(i == 0 ? ", initial = " : ", initial_cell = ").append(expressions.operand(scan, i, name));
            }
        }
        return text.toString();
    }
}

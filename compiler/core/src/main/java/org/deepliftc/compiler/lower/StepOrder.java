package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Puts the nodes of one phase into steps, in an order in which inputs come before users: elementwise nodes of one grid run
 * together. A node that only such nodes use waits for the first of them, so that its value can pass in a local: slopes are
 * computed where multipliers need them, not all at once before.
 */
final class StepOrder {

    /** A step before it is written: a group, or a single node. */
    record Step(ElementwiseGroup group, Node node) {}

    private final Views views;
    private final Set<Node> inlines;
    private final Map<Node, List<Node>> users;
    private final Set<Node> members;
    private final Set<Node> results;
    private final List<Step> ordered = new ArrayList<>();
    private final Map<Node, Integer> positions = new HashMap<>();

    /**
     * Prepares the order.
     *
     * @param members the computed nodes of the phase
     * @param results the nodes whose values leave the class
     */
    StepOrder(Views views, Set<Node> inlines, Map<Node, List<Node>> users, Set<Node> members, Set<Node> results) {
        this.views = views;
        this.inlines = inlines;
        this.users = users;
        this.members = members;
        this.results = results;
    }

    /** The steps of the nodes, which come in an order in which inputs come before users. */
    List<Step> of(Iterable<Node> nodes) {
        for (Node node : nodes) {
            if (!waits(node)) {
                place(node);
            }
        }
        return ordered;
    }

    /** True for a node that only elementwise nodes of its grid use, all in this phase. */
    private boolean waits(Node node) {
        List<Node> readers = users.get(node);
        return groups(node)
                && !results.contains(node)
                && !readers.isEmpty()
                && readers.stream()
                        .allMatch(reader -> members.contains(reader)
                                && groups(reader)
                                && ElementwiseGroup.gridOf(reader).equals(node.shape()));
    }

    private boolean groups(Node node) {
        return !inlines.contains(node) && (ElementwiseGroup.accepts(node.op()) || walksTaps(node));
    }

    private void place(Node node) {
        if (!positions.containsKey(node)) {
            int earliest = earliest(node, new HashMap<>());
            node.inputs().forEach(input -> placeWaiting(input, earliest));
            positions.put(node, step(node, earliest));
        }
    }

    /** Puts what has waited for its first user, and what that has waited for, no earlier than this user can be. */
    private void placeWaiting(Node node, int earliest) {
        if (members.contains(node) && !positions.containsKey(node)) {
            node.inputs().forEach(input -> placeWaiting(input, earliest));
            positions.put(node, step(node, earliest));
        }
    }

    /** The last step whose values a node needs, where those that wait are computed beside it; -1 for none. */
    private int earliest(Node node, Map<Node, Integer> waiting) {
        int earliest = -1;
        for (Node input : node.inputs()) {
            Integer position = positions.getOrDefault(input, waiting.get(input));
            if (position == null) {
                position = members.contains(input) ? earliest(input, waiting) : -1;
                waiting.put(input, position);
            }
            earliest = Math.max(earliest, position);
        }
        return earliest;
    }

    /** The number of the step that computes the node: a group it can join, else a new one. */
    private int step(Node node, int least) {
        int earliest = Math.max(least, earliest(node, new HashMap<>()));
        if (inlines.contains(node)) {
            return earliest;
        }
        if (!groups(node)) {
            ordered.add(new Step(null, node));
            return ordered.size() - 1;
        }
        for (int i = Math.max(earliest, 0); i < ordered.size(); i++) {
            ElementwiseGroup group = ordered.get(i).group;
            if (group != null && group.fits(node) && sharesLayout(node, group) && readsThroughNoMove(node, group)) {
                group.add(node);
                return i;
            }
        }
        ordered.add(new Step(new ElementwiseGroup(node), node));
        return ordered.size() - 1;
    }

    /** True where small windows are walked with their channels as lanes: both sides lie channels last. */
    private boolean walksTaps(Node node) {
        if (Taps.of(node).isEmpty()) {
            return false;
        }
        Node origin = node.op() instanceof Op.ScatterPositions ? node : node.input(0);
        while (inlines.contains(origin)) {
            origin = origin.input(0);
        }
        boolean lanes = origin.isConstant() || views.isChannelsLast(origin);
        return lanes && views.isChannelsLast(node);
    }

    private boolean sharesLayout(Node node, ElementwiseGroup group) {
        return group.nodes().stream().allMatch(n -> views.isChannelsLast(n) == views.isChannelsLast(node));
    }

    /** A reshape of a member shares its buffer, not its local: such a reader needs the next loop. */
    private static boolean readsThroughNoMove(Node node, ElementwiseGroup group) {
        for (Node input : node.inputs()) {
            Node origin = input;
            while (origin.op() instanceof Op.Reshape) {
                origin = origin.input(0);
            }
            if (origin != input && group.nodes().contains(origin)) {
                return false;
            }
        }
        return true;
    }
}

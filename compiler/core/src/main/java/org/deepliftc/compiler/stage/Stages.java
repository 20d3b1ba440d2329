package org.deepliftc.compiler.stage;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deepliftc.compiler.graph.Axis;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * The stage of each node: the set of axes its value depends on. The empty set is known when compiling; a node on
 * {@code {reference}} is computed once per reference, one on {@code {example}} once per example however many
 * references there are, and only {@code {example, reference}} once per pair.
 */
public final class Stages {
    private final Map<Node, Set<Axis>> axes = new HashMap<>();

    private Stages(Graph graph) {
        for (Node node : graph.nodes()) {
            axes.put(node, axesOf(node));
        }
    }

    public static Stages of(Graph graph) {
        return new Stages(graph);
    }

    private Set<Axis> axesOf(Node node) {
        EnumSet<Axis> all = EnumSet.noneOf(Axis.class);
        if (node.op() instanceof Op.Input) {
            switch (((Op.Input) node.op()).role()) {
                case ACTUAL -> all.add(Axis.EXAMPLE);
                case REFERENCE -> all.add(Axis.REFERENCE);
                case TARGET -> all.add(Axis.TARGET);
                case STEP -> all.add(Axis.STEP);
                case CARRIED, SCANNED -> {} // inside a recurrence, whose own inputs have the axes
            }
        }
        node.inputs().forEach(input -> all.addAll(axes.get(input)));
        if (node.op() instanceof Op.MeanOver) {
            ((Op.MeanOver) node.op()).axes().forEach(all::remove);
        }
        return all;
    }

    /** The axes a node depends on. */
    public Set<Axis> of(Node node) {
        return axes.get(node);
    }

    /** The stage for people: {@code example x reference}, or {@code constant}. */
    public static String text(Set<Axis> axes) {
        return axes.isEmpty()
                ? "constant"
                : axes.stream()
                        .map(a -> a.name().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining(" x "));
    }
}

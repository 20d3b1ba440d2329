package org.deepliftc.compiler.driver;

import java.util.Set;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.graph.Axis;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.compiler.stage.Stages;

/** How often the nodes of a joint graph are computed, by their stages. */
record Times(Stages stages, int targets, int points) {

    /** For what a node is computed again; targets and points of a path apart. */
    enum Often {
        NEVER,
        PER_EXAMPLE,
        PER_REFERENCE,
        PER_PAIR
    }

    static Times of(JointGraph joint) {
        int fixed = Math.max(1, joint.explanation().target().indices().size());
        int points = joint.explanation().method() == Method.INTEGRATED_GRADIENTS
                ? joint.explanation().steps()
                : 1;
        return new Times(Stages.of(joint.graph()), fixed, points);
    }

    Often often(Node node) {
        Set<Axis> axes = stages.of(node);
        if (axes.contains(Axis.REFERENCE)) {
            return axes.contains(Axis.EXAMPLE) ? Often.PER_PAIR : Often.PER_REFERENCE;
        }
        return axes.isEmpty() ? Often.NEVER : Often.PER_EXAMPLE;
    }

    /**
     * Times it is computed for each of these: once, or once for each point of a path, and for each target of a call (one
     * where those are given).
     */
    int repeats(Node node) {
        Set<Axis> axes = stages.of(node);
        return (axes.contains(Axis.TARGET) ? targets : 1) * (axes.contains(Axis.STEP) ? points : 1);
    }
}

package org.deepliftc.compiler.driver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.schedule.CodeForm;

/**
 * Finds in which code each node of a model is computed: its value, that on the reference and its multiplier. A step
 * counts for what it writes; a node without a buffer, which is computed where it is read, for the steps of its readers.
 */
final class NodeBackends {
    private final Map<String, Set<CodeForm>> byName = new HashMap<>();
    private final Map<String, Set<CodeForm>> byOwner = new HashMap<>();
    private final Owners owners;

    private NodeBackends(Owners owners) {
        this.owners = owners;
    }

    /**
     * The backend of each node of a rule table.
     *
     * @param steps the scheduled procedures that run; those of loading the class do not count
     */
    static Map<String, String> of(Lowered lowered, Map<Phase, List<Procedure>> steps, RuleTable rules) {
        NodeBackends backends = new NodeBackends(Owners.of(rules));
        steps.forEach((phase, procedures) -> {
            if (phase != Phase.LOAD) {
                procedures.forEach(backends::add);
            }
        });
        backends.addReaders(lowered.forward());
        backends.addReaders(lowered.joint());
        Map<String, String> found = new HashMap<>();
        rules.rows().forEach(row -> found.put(row.node(), text(backends.byOwner.getOrDefault(row.node(), Set.of()))));
        return found;
    }

    private void add(Procedure procedure) {
        Set<CodeForm> forms = CodeForm.of(procedure);
        for (Buffer buffer : procedure.writes()) {
            merge(byName, buffer.name(), forms);
            merge(byOwner, owners.of(buffer.name()), forms);
        }
    }

    /** Gives nodes without a buffer the forms of their readers, last readers first. */
    private void addReaders(Graph graph) {
        Map<Node, Set<CodeForm>> read = new HashMap<>();
        List<Node> nodes = new ArrayList<>(graph.nodes());
        Collections.reverse(nodes);
        for (Node node : nodes) {
            Set<CodeForm> forms = byName.getOrDefault(node.name(), read.getOrDefault(node, Set.of()));
            for (Node input : node.inputs()) {
                merge(read, input, forms);
            }
            boolean computed = !node.inputs().isEmpty() && !(node.op() instanceof Op.Reshape);
            if (computed) {
                merge(byOwner, owners.of(node.name()), forms);
            }
        }
    }

    private static <K> void merge(Map<K, Set<CodeForm>> map, K key, Set<CodeForm> forms) {
        map.computeIfAbsent(key, k -> EnumSet.noneOf(CodeForm.class)).addAll(forms);
    }

    private static String text(Set<CodeForm> forms) {
        if (forms.isEmpty()) {
            return "folded";
        } else if (forms.size() == 2) {
            return "vector+scalar";
        }
        return forms.contains(CodeForm.VECTOR) ? "vector" : "scalar";
    }
}

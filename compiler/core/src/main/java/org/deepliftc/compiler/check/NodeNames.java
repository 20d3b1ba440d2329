package org.deepliftc.compiler.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hands out names that no other node of the graph has: {@code motifs}, {@code motifs.conv1d}, then with _2, _3. */
final class NodeNames {
    private final Set<String> taken = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();
    private final Map<String, Integer> next = new HashMap<>();

    /** A name for a node. */
    String unique(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            name = wanted + "_" + (next.merge(wanted, 1, Integer::sum) + 1);
        }
        return name;
    }

    /** A name below which the body of a function call may name its nodes, and which its result may take. */
    String prefix(String wanted) {
        String name = wanted;
        for (int i = 2; taken.contains(name) || !prefixes.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }
}

package org.deepliftc.pictures;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Layers of a directed acyclic graph by longest path: every edge leads to a later layer. */
final class Layering {
    /** An edge between vertex indices. */
    record Link(int from, int to) {}

    private final int count;
    private final List<Link> links;
    private final List<List<Integer>> successors;
    private final int[] waiting;

    private Layering(int count, List<Link> links) {
        this.count = count;
        this.links = links;
        this.successors = new ArrayList<>();
        this.waiting = new int[count];
        for (int i = 0; i < count; i++) {
            successors.add(new ArrayList<>());
        }
        for (Link link : links) {
            successors.get(link.from).add(link.to);
            waiting[link.to]++;
        }
    }

    /**
     * The layer of each vertex, or empty if there is a cycle. Vertices without predecessors stand right above their
     * first successor unless they are pinned to layer 0.
     */
    static Optional<int[]> layers(int count, List<Link> links, boolean[] pinned) {
        return new Layering(count, links).layers(pinned);
    }

    /** The vertices of one cycle in order, or none. */
    static List<Integer> cycle(int count, List<Link> links) {
        return new Layering(count, links).cycle();
    }

    private Optional<int[]> layers(boolean[] pinned) {
        boolean[] isSource = new boolean[count];
        for (int vertex = 0; vertex < count; vertex++) {
            isSource[vertex] = waiting[vertex] == 0;
        }
        int[] layer = new int[count];
        if (settle(layer) < count) {
            return Optional.empty();
        }
        for (int vertex = 0; vertex < count; vertex++) {
            if (isSource[vertex] && !pinned[vertex]) {
                layer[vertex] = successors.get(vertex).stream()
                        .mapToInt(next -> layer[next] - 1)
                        .min()
                        .orElse(0);
            }
        }
        return Optional.of(layer);
    }

    /** Visits vertices after all their predecessors; returns how many could be visited. */
    private int settle(int[] layer) {
        Deque<Integer> ready = new ArrayDeque<>();
        for (int vertex = 0; vertex < count; vertex++) {
            if (waiting[vertex] == 0) {
                ready.add(vertex);
            }
        }
        int settled = 0;
        while (!ready.isEmpty()) {
            int vertex = ready.remove();
            settled++;
            for (int next : successors.get(vertex)) {
                layer[next] = Math.max(layer[next], layer[vertex] + 1);
                if (--waiting[next] == 0) {
                    ready.add(next);
                }
            }
        }
        return settled;
    }

    private List<Integer> cycle() {
        if (settle(new int[count]) == count) {
            return List.of();
        }
        // Each vertex still waiting has a predecessor still waiting: walking back must meet itself.
        int[] before = new int[count];
        Arrays.fill(before, -1);
        int at = -1;
        for (Link link : links) {
            if (waiting[link.from] > 0 && waiting[link.to] > 0) {
                before[link.to] = link.from;
                at = link.to;
            }
        }
        List<Integer> walk = new ArrayList<>();
        boolean[] seen = new boolean[count];
        while (!seen[at]) {
            seen[at] = true;
            walk.add(at);
            at = before[at];
        }
        List<Integer> cycle = new ArrayList<>(walk.subList(walk.indexOf(at), walk.size()));
        Collections.reverse(cycle);
        return cycle;
    }
}

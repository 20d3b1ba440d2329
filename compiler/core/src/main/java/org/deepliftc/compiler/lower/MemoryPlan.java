package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;

/**
 * Which workspace buffers share an array: those never alive together. A buffer lives from its first write to its last
 * read; one that a loop reads and does not write lives to that loop's end, for the next iteration reads it again.
 */
final class MemoryPlan {
    /** The order of the phases of an explanation. */
    private static final List<Phase> EXPLANATION =
            List.of(Phase.EXAMPLE, Phase.START, Phase.REFERENCE, Phase.PAIR, Phase.PAIR_TARGET, Phase.FINISH);

    private record Range(Buffer buffer, int first, int last) {}

    private MemoryPlan() {}

    /** The number of the array of each workspace buffer; an array holds values of one kind. */
    static Map<Buffer, Integer> of(Map<Phase, List<Procedure>> steps) {
        List<Range> ranges = new ArrayList<>(ranges(List.of(Phase.PREDICT), steps));
        int separation = steps.values().stream().mapToInt(List::size).sum() + 1;
        for (Range range : ranges(EXPLANATION, steps)) {
            ranges.add(new Range(range.buffer, range.first + separation, range.last + separation));
        }
        return assign(ranges);
    }

    private static List<Range> ranges(List<Phase> phases, Map<Phase, List<Procedure>> steps) {
        Map<Buffer, int[]> lives = new LinkedHashMap<>();
        Map<Phase, int[]> spans = new HashMap<>();
        Map<Buffer, Phase> written = new HashMap<>();
        int position = 0;
        for (Phase phase : phases) {
            int start = position;
            for (Procedure step : steps.getOrDefault(phase, List.of())) {
                for (Buffer buffer : step.writes()) {
                    lives.computeIfAbsent(buffer, b -> new int[] {Integer.MAX_VALUE, -1});
                    extend(lives.get(buffer), position);
                    written.putIfAbsent(buffer, phase);
                }
                for (Buffer buffer : step.reads()) {
                    if (lives.containsKey(buffer)) {
                        extend(lives.get(buffer), position);
                    }
                }
                position++;
            }
            spans.put(phase, new int[] {start, position - 1});
        }
        List<Range> ranges = new ArrayList<>();
        lives.forEach((buffer, life) -> {
            if (buffer.isPlanned()) {
                ranges.add(new Range(buffer, life[0], loopEnd(written.get(buffer), life[1], phases, spans)));
            }
        });
        return ranges;
    }

    private static void extend(int[] life, int position) {
        life[0] = Math.min(life[0], position);
        life[1] = Math.max(life[1], position);
    }

    /** The end of the outermost loop that reads a buffer written outside it. */
    private static int loopEnd(Phase writer, int last, List<Phase> phases, Map<Phase, int[]> spans) {
        int end = last;
        for (List<Phase> loop : List.of(
                List.of(Phase.REFERENCE, Phase.PAIR, Phase.PAIR_TARGET),
                List.of(Phase.PAIR, Phase.PAIR_TARGET),
                List.of(Phase.PAIR_TARGET),
                List.of(Phase.FINISH))) {
            if (!phases.containsAll(loop) || loop.contains(writer)) {
                continue;
            }
            int from = spans.get(loop.get(0))[0];
            int to = spans.get(loop.get(loop.size() - 1))[1];
            if (last >= from && last <= to) {
                end = Math.max(end, to);
            }
        }
        return end;
    }

    private static Map<Buffer, Integer> assign(List<Range> ranges) {
        List<List<Range>> arrays = new ArrayList<>();
        Map<Buffer, Integer> plan = new LinkedHashMap<>();
        for (Range range : ranges) {
            int best = -1;
            for (int i = 0; i < arrays.size(); i++) {
                if (admits(arrays.get(i), range)
                        && (best < 0 || waste(arrays.get(i), range) < waste(arrays.get(best), range))) {
                    best = i;
                }
            }
            if (best < 0) {
                best = arrays.size();
                arrays.add(new ArrayList<>());
            }
            arrays.get(best).add(range);
            plan.put(range.buffer, best);
        }
        return plan;
    }

    private static boolean admits(List<Range> array, Range range) {
        return array.stream()
                .allMatch(other -> other.buffer.kind() == range.buffer.kind()
                        && other.buffer.place() == range.buffer.place()
                        && (other.last < range.first || range.last < other.first));
    }

    private static int waste(List<Range> array, Range range) {
        int size = array.stream().mapToInt(r -> r.buffer.size()).max().orElse(0);
        return Math.abs(size - range.buffer.size());
    }
}

package org.deepliftc.conformance.onnx.suite;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deepliftc.conformance.onnx.suite.SuiteRun.Outcome;
import org.deepliftc.conformance.onnx.suite.SuiteRun.Verdict;

/** What became of the cases, as tables in Markdown. */
record SuiteReport(List<Outcome> outcomes) {

    String text() {
        StringBuilder text =
                new StringBuilder("| group | cases | passed | refused | failed |\n|---|---|---|---|---|\n");
        new TreeMap<>(outcomes.stream().collect(Collectors.groupingBy(o -> o.of().group())))
                .forEach((group, of) -> text.append(counts("`" + group + "`", of)));
        text.append(counts("all", outcomes));
        for (Verdict verdict : List.of(Verdict.REFUSED, Verdict.FAILED, Verdict.PASSED)) {
            List<Outcome> told = outcomes.stream()
                    .filter(o -> o.verdict() == verdict && !o.reason().isEmpty())
                    .toList();
            if (!told.isEmpty()) {
                text.append("\n| ")
                        .append(verdict.name().toLowerCase(java.util.Locale.ROOT))
                        .append(" | because |\n|---|---|\n");
                told.forEach(o -> text.append("| `" + o.of() + "` | " + cell(o.reason()) + " |\n"));
            }
        }
        return text.toString();
    }

    private static String counts(String name, List<Outcome> outcomes) {
        return "| " + name + " | " + outcomes.size() + " | " + count(outcomes, Verdict.PASSED) + " | "
                + count(outcomes, Verdict.REFUSED) + " | " + count(outcomes, Verdict.FAILED) + " |\n";
    }

    private static long count(List<Outcome> outcomes, Verdict verdict) {
        return outcomes.stream().filter(o -> o.verdict() == verdict).count();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}

package org.deepliftc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.deepliftc.cli.terminal.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new Console(new PrintWriter(out), new PrintWriter(err), false), args);
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .startsWith("deepliftc ")
                .contains("Java " + System.getProperty("java.version"))
                .doesNotContain("null");
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void helpsWithEveryVerb(Verb verb) {
        String name = verb.name().toLowerCase(java.util.Locale.ROOT);

        assertThat(run(name, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: deepliftc " + name);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpNamesEveryVerb() {
        assertThat(run("help")).isZero();
        for (Verb verb : Verb.values()) {
            assertThat(out.toString()).contains("\n  " + verb.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void helpForAVerbIsThatOfTheVerb() {
        run("explain", "--help");
        String direct = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run("help", "explain")).isZero();
        assertThat(out).hasToString(direct);
    }

    @Test
    void explainingFlagsAreTheSameForEveryVerbThatExplains() {
        for (String verb : new String[] {"explain", "compile", "rules", "graph", "bench"}) {
            out.getBuffer().setLength(0);
            run(verb, "--help");
            assertThat(out.toString())
                    .as(verb)
                    .contains(
                            "--reference",
                            "--target",
                            "--at=",
                            "--output=",
                            "--method",
                            "--rule",
                            "--max-rule",
                            "--softmax")
                    .contains(
                            "--onehot=", "--onehot-normalise", "--precision", "--backend", "--hypothetical", "--steps")
                    .contains("--expect-batch", "--winograd");
        }
    }

    @Test
    void printsACompletionScript() {
        assertThat(run("completion")).isZero();
        assertThat(out.toString()).contains("deepliftc", "--reference", "complete -F");
    }

    @Test
    void callsADefectADefect() {
        Failures failures = new Failures(new Console(new PrintWriter(out), new PrintWriter(err), false), false);

        assertThat(failures.report(new IllegalStateException("queue is empty"))).isEqualTo(3);
        assertThat(err.toString())
                .contains("IllegalStateException: queue is empty", "report", "--debug")
                .doesNotContain("\tat ");
    }

    @Test
    void tracesADefectOnRequest() {
        Failures failures = new Failures(new Console(new PrintWriter(out), new PrintWriter(err), false), true);

        failures.report(new IllegalStateException("queue is empty"));

        assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void advisesWhereTheHeapIsTooSmall() {
        Failures failures = new Failures(new Console(new PrintWriter(out), new PrintWriter(err), false), false);

        assertThat(failures.report(new OutOfMemoryError("Java heap space"))).isEqualTo(1);
        assertThat(err.toString()).contains("-Xmx");
    }
}

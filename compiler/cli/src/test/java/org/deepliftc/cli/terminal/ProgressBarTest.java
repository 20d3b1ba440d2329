package org.deepliftc.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter screen = new StringWriter();
    private long now;

    private Console console(boolean interactive) {
        return new Console(new PrintWriter(new StringWriter()), new PrintWriter(screen), interactive);
    }

    private void at(double seconds) {
        now = (long) (seconds * 1e9);
    }

    @Test
    void saysHowFarHowFastAndHowLongStill() {
        ProgressBar bar = new ProgressBar(console(true), "examples", 1000, () -> now);
        at(10);
        bar.update(250);

        assertThat(screen.toString()).contains(" 25%  250/1000 examples, 25.0/s, 30 s left");
    }

    @Test
    void leavesNothingOnTheScreen() {
        ProgressBar bar = new ProgressBar(console(true), "examples", 10, () -> now);
        at(1);
        bar.update(5);
        bar.close();

        assertThat(screen.toString()).matches("(?s)\r\\[#+.*\r +\r");
    }

    @Test
    void drawsNothingForShortWork() {
        ProgressBar bar = new ProgressBar(console(true), "examples", 10, () -> now);
        at(0.4);
        bar.update(9);
        bar.close();

        assertThat(screen.toString()).isEmpty();
    }

    @Test
    void drawsNothingWhereNobodyWatches() {
        ProgressBar bar = new ProgressBar(console(false), "examples", 10, () -> now);
        at(100);
        bar.update(5);
        bar.close();

        assertThat(screen.toString()).isEmpty();
    }

    @Test
    void drawsSeldomerThanItHears() {
        ProgressBar bar = new ProgressBar(console(true), "examples", 1000, () -> now);
        for (int i = 0; i < 1000; i++) {
            at(1 + i * 0.001);
            bar.update(i);
        }

        assertThat(screen.toString().chars().filter(c -> c == '\r')).hasSizeBetween(5, 12);
    }
}

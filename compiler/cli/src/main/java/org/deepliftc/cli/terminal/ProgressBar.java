package org.deepliftc.cli.terminal;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line on standard error that says how far long work is, at what rate, and how long it still takes. Nothing is
 * drawn where nobody watches, and nothing in the first half second, so that short work leaves no trace.
 *
 * <p>Safe for use by several threads.
 */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long PATIENCE_NANOS = 500_000_000L;
    private static final long REDRAW_NANOS = 100_000_000L;

    private final Console console;
    private final String unit;
    private final long total;
    private final LongSupplier clock;
    private final long started;
    private long lastDrawn;
    private int drawnLength;

    /**
     * A bar over {@code total} units of work.
     *
     * @param unit what is counted, in the plural: "examples"
     */
    public ProgressBar(Console console, String unit, long total) {
        this(console, unit, total, System::nanoTime);
    }

    ProgressBar(Console console, String unit, long total, LongSupplier clock) {
        this.console = console;
        this.unit = unit;
        this.total = total;
        this.clock = clock;
        this.started = clock.getAsLong();
        this.lastDrawn = started;
    }

    /** Says that {@code done} units are complete, all in all. */
    public synchronized void update(long done) {
        long now = clock.getAsLong();
        if (!console.interactive() || now - started < PATIENCE_NANOS || now - lastDrawn < REDRAW_NANOS) {
            return;
        }
        lastDrawn = now;
        draw(line(done, (now - started) / 1e9));
    }

    /** Takes the bar off the screen. */
    @Override
    public synchronized void close() {
        if (drawnLength > 0) {
            console.err().print("\r" + " ".repeat(drawnLength) + "\r");
            console.err().flush();
            drawnLength = 0;
        }
    }

    private void draw(String line) {
        console.err().print("\r" + line + " ".repeat(Math.max(0, drawnLength - line.length())));
        console.err().flush();
        drawnLength = line.length();
    }

    private String line(long done, double seconds) {
        double part = total == 0 ? 1 : Math.min(1, (double) done / total);
        int full = (int) (part * WIDTH);
        double rate = done / seconds;
        String left = done == 0 ? "" : ", " + duration((total - done) / rate) + " left";
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f%%  %d/%d %s, %s/s%s",
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                100 * part,
                done,
                total,
                unit,
                Quantity.of(rate),
                left);
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
    }
}

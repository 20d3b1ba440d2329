package org.deepliftc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** On a clock that calls move. */
class WarmUpTest {
    private static final long MILLI = 1_000_000;

    private long now;

    /** Warms up a call that takes {@code nanos} of the time it starts at. */
    private double run(LongUnaryOperator nanos) {
        return new WarmUp(() -> now).run(() -> now += nanos.applyAsLong(now));
    }

    @Test
    void stopsAfterASecondWhereNothingImproves() {
        assertThat(run(at -> MILLI)).isZero();
        assertThat(now).isEqualTo(1000 * MILLI);
    }

    @Test
    void goesOnUntilTheRateStopsRising() {
        // compiled after 2 s
        double warm = run(at -> at < 2000 * MILLI ? 20 * MILLI - at / 110 : MILLI / 10);

        assertThat(warm).isCloseTo(2, within(0.2));
        assertThat(now).isBetween(2600 * MILLI, 3000 * MILLI);
    }

    @Test
    void givesUpAfterFifteenSeconds() {
        run(at -> Math.max(1000, MILLI - at / 16_000)); // faster and faster

        assertThat(now).isBetween(15_000 * MILLI, 15_300 * MILLI);
    }

    @Test
    void holdsOneCallWhereCallsAreLong() {
        assertThat(run(at -> 2000 * MILLI)).isZero();
        assertThat(now).isEqualTo(8000 * MILLI);
    }
}

package org.deepliftc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** On a clock and a heap that calls move. */
class AllocationTest {
    private static final long SECOND = 1_000_000_000;

    private long now;
    private long bytes;
    private int calls;

    private Allocation of(long nanos, LongUnaryOperator allocated) {
        return Allocation.of(
                () -> {
                    now += nanos;
                    bytes += allocated.applyAsLong(calls++);
                },
                () -> bytes,
                () -> now);
    }

    @Test
    void endsWithTheFirstCallThatAllocatesNothing() {
        assertThat(of(1000, call -> call < 600 ? 64 : 0)).isEqualTo(new Allocation(0, true));
        assertThat(calls).isEqualTo(601);
    }

    @Test
    void saysWhereTheTimeRanOut() {
        Allocation found = of(SECOND, call -> 100 - call);

        assertThat(found).isEqualTo(new Allocation(91, false)).hasToString("91*");
        assertThat(calls).isEqualTo(10);
    }

    @Test
    void callsThriceHoweverLongACallTakes() {
        assertThat(of(60 * SECOND, call -> 5).settled()).isFalse();
        assertThat(calls).isEqualTo(3);
    }
}

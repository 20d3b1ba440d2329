package org.deepliftc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VectorSwitchTest {

    /** These tests run in a JVM without the module of the Vector API. */
    @Test
    void staysScalarWithoutTheModule() {
        assertThat(VectorSwitch.isAvailable()).isFalse();
        VectorSwitch off = new VectorSwitch();
        assertThat(off.isReady()).isFalse();
        assertThat(off.isPending()).isFalse();
    }

    @Test
    void staysScalarEvenIfVectorsAreWantedAtOnce() {
        System.setProperty(VectorSwitch.PROPERTY, "now");
        try {
            assertThat(new VectorSwitch().isReady()).isFalse();
        } finally {
            System.clearProperty(VectorSwitch.PROPERTY);
        }
    }

    /** Calls of equal length are steady from the first on; they are warm only when they are as fast as scalar code. */
    @Test
    void isNotWarmWhileItIsSlowerThanScalarCode() {
        AtomicInteger calls = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);

        boolean fast = VectorSwitch.steady(end, 1e-7, () -> {
            if (calls.incrementAndGet() < 8) {
                sleep(60);
            }
        });

        assertThat(fast).isTrue();
        assertThat(calls).hasValueGreaterThan(8);
    }

    @Test
    void givesUpWhenItDoesNotBecomeFast() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);

        assertThat(VectorSwitch.steady(end, 1, () -> sleep(20))).isFalse();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.deepliftc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

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
}

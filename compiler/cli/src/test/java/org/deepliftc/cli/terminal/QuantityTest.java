package org.deepliftc.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void hasThreeDigits() {
        assertThat(Quantity.of(0.1234)).isEqualTo("0.12");
        assertThat(Quantity.of(9999)).isEqualTo("9999");
        assertThat(Quantity.of(12345)).isEqualTo("12.3k");
        assertThat(Quantity.of(2.5e6)).isEqualTo("2.50M");
        assertThat(Quantity.of(3e9)).isEqualTo("3.00G");
    }

    @Test
    void namesBytesByTheirUnit() {
        assertThat(Quantity.bytes(1023)).isEqualTo("1023 bytes");
        assertThat(Quantity.bytes(1536)).isEqualTo("1.50 KiB");
        assertThat(Quantity.bytes(Math.pow(2, 40) * 3)).isEqualTo("3.00 TiB");
    }

    @Test
    void countsInWords() {
        assertThat(Quantity.count(1, "example")).isEqualTo("1 example");
        assertThat(Quantity.count(2, "example")).isEqualTo("2 examples");
    }
}

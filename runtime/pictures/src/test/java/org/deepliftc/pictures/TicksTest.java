package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {
    @Test
    void stepsAreRound() {
        assertThat(Ticks.within(-0.3, 1.42, 4).labels()).containsExactly("0", "0.5", "1.0");
        assertThat(Ticks.within(0, 100, 5).labels()).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(Ticks.within(-2e-7, 1e-7, 3).labels())
                .containsExactly("\u22122e\u22127", "\u22121e\u22127", "0", "1e\u22127");
        assertThat(Ticks.within(0, 3e6, 3).labels()).containsExactly("0", "1e6", "2e6", "3e6");
        assertThat(Ticks.within(0, 0.3, 3).values()).containsExactly(0.0, 0.1, 0.2, 0.3);
    }

    @Test
    void extremesNeitherOverflowNorRunOn() {
        assertThat(Ticks.within(-1.7e308, 1.7e308, 4).values()).hasSizeBetween(3, 5);
        assertThat(Ticks.within(0, Double.MIN_VALUE, 4).labels()).containsExactly("0");
        assertThat(Ticks.within(0, 1e-280, 4).values()).hasSizeBetween(3, 5);
    }

    @Test
    void numbersShareDecimalsAndNeverVanish() {
        assertThat(Ticks.label(1.234, 5)).isEqualTo("1.23");
        assertThat(Ticks.label(-0.5, 5)).isEqualTo("\u22120.50");
        assertThat(Ticks.label(0.0004, 5)).isEqualTo("0.0004");
        assertThat(Ticks.label(-3e-9, 5)).isEqualTo("\u22123e\u22129");
        assertThat(Ticks.label(1234567, 1234567)).isEqualTo("1.23e6");
        assertThat(Ticks.label(0, 5)).isEqualTo("0");
    }

    @Test
    void textIsCutAndWrappedToWidth() {
        assertThat(TextWidth.fit("short", 100, 10)).isEqualTo("short");
        String cut = TextWidth.fit("a name that is too long", 60, 10);
        assertThat(cut).startsWith("a name").endsWith("\u2026");
        assertThat(TextWidth.of(cut, 10)).isLessThanOrEqualTo(60);
        assertThat(TextWidth.fit("anything", 3, 10)).isEmpty();
        assertThat(TextWidth.wrap("one two three fourteen", 60, 10, Text.Weight.REGULAR, 9))
                .allMatch(line -> TextWidth.of(line, 10) <= 60)
                .extracting(line -> line.replace("\u2026", ""))
                .containsExactly("one two", "three", "fourteen");
        assertThat(TextWidth.fit("\ud83e\uddec".repeat(50), 50, 10)).doesNotContain("\ufffd");
    }
}

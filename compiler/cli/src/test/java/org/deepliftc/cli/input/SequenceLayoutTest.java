package org.deepliftc.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SequenceLayoutTest {
    private static final OptionalInt UNDECLARED = OptionalInt.empty();

    @Test
    void findsTheAxisOfBases() {
        assertThat(SequenceLayout.of(List.of(4, 200), UNDECLARED)).contains(new SequenceLayout(0, 200));
        assertThat(SequenceLayout.of(List.of(200, 4), UNDECLARED)).contains(new SequenceLayout(1, 200));
        assertThat(SequenceLayout.of(List.of(4, 4), UNDECLARED)).contains(new SequenceLayout(0, 4));
        assertThat(SequenceLayout.of(List.of(4, 4), OptionalInt.of(1))).contains(new SequenceLayout(1, 4));
        assertThat(SequenceLayout.of(List.of(5, 200), UNDECLARED)).isEmpty();
        assertThat(SequenceLayout.of(List.of(4), UNDECLARED)).isEmpty();
        assertThat(SequenceLayout.of(List.of(4, 200), OptionalInt.of(1))).isEmpty();
    }

    @Test
    void readsBasesInEitherLayout() {
        float[] first = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0}; // A C G, channels first
        float[] last = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};

        assertThat(new SequenceLayout(0, 3).bases(first, 0)).isEqualTo("ACG");
        assertThat(new SequenceLayout(1, 3).bases(last, 0)).isEqualTo("ACG");
    }

    @Test
    void callsEverythingElseN() {
        double[] none = {0, 0, 0, 0};
        double[] two = {1, 1, 0, 0};
        double[] soft = {0.5, 0.5, 0, 0};

        assertThat(new SequenceLayout(0, 1).bases(none, 0)).isEqualTo("N");
        assertThat(new SequenceLayout(0, 1).bases(two, 0)).isEqualTo("N");
        assertThat(new SequenceLayout(0, 1).bases(soft, 0)).isEqualTo("N");
    }
}

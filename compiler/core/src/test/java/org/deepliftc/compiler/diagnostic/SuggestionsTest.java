package org.deepliftc.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "abc, abd, 1", "abc, acb, 1", "abc, ab, 1", "'', abc, 3", "kitten, sitting, 3"})
    void measuresEdits(String a, String b, int distance) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
        assertThat(Suggestions.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void namesTheNearestFirstAndNothingFarAway() {
        assertThat(Suggestions.near("maxpool", List.of("avgpool", "maxpool1d", "maxpool2d", "dense")))
                .containsExactly("maxpool1d", "maxpool2d");
        assertThat(Suggestions.near("Conv1D", List.of("conv1d", "conv2d"))).containsExactly("conv1d", "conv2d");
        assertThat(Suggestions.near("x", List.of("a", "b", "y"))).isEmpty();
        assertThat(Suggestions.hint("hiden", List.of("hidden"))).contains("did you mean 'hidden'?");
        assertThat(Suggestions.near("a".repeat(1_000_000), List.of("a"))).isEmpty();
    }
}

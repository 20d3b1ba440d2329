package org.deepliftc.compiler.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3                  | 3
            0,3                | 0, 3
            [1,11]             | [1, 11]
            ' 1-0 '            | 1 - 0
            -1*2 + 3           | -1.0 * 2 + 3
            0.5*[0,1]+2*7      | 0.5 * [0, 1] + 2.0 * 7
            1e-1 * 4 - mean    | 0.1 * 4 - mean
            sum, 2 - 3, 4      | sum, 2 - 3, 4
            max                | max
            any                | any
            profile            | profile
            profile_with_softmax | profile-with-softmax
            """)
    void readsWhatItPrints(String text, String printed) {
        Target target = Target.parse(text);
        assertThat(target).hasToString(printed);
        assertThat(Target.parse(printed)).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "first",
                "1 +",
                "1 * ",
                "* 3",
                "1.5",
                "[1",
                "[]",
                "[1,]",
                "1,,2",
                "3 4",
                "1e999*2",
                "99999999999"
            })
    void saysWhatATargetIs(String text) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target '" + text + "' is none of: an index (3)");
    }

    @Test
    void aNeuronOfWeightOneIsTheNeuron() {
        assertThat(((Target.Neurons) Target.parse("3")).sums().get(0).isNeuron())
                .isTrue();
        assertThat(((Target.Neurons) Target.parse("-1*3")).sums().get(0).isNeuron())
                .isFalse();
        assertThat(Target.parse("0, 3")).isEqualTo(Target.flat(List.of(0, 3)));
    }
}

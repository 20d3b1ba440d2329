package org.deepliftc.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void refusesWhatDoesNotFitTheHeapBeforeAllocating() {
        long tooMuch = Runtime.getRuntime().maxMemory() * 2;

        assertThatThrownBy(() -> Numbers.require(tooMuch, "the explanation"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the explanation needs")
                .hasMessageContaining("-Xmx");
    }

    @Test
    void refusesWhatNoArrayHolds() {
        assertThatThrownBy(() -> Numbers.allocate(Precision.FLOAT, 1L << 40, "the input"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("split");
    }

    @Test
    void multipliesExtentsWithoutOverflow() {
        assertThat(Numbers.size(List.of())).isEqualTo(1);
        assertThat(Numbers.size(List.of(3, 4))).isEqualTo(12);
        int huge = Integer.MAX_VALUE;
        assertThat(Numbers.size(List.of(huge, huge, huge, huge))).isEqualTo(Long.MAX_VALUE);
        assertThat(Numbers.size(List.of(huge, huge, huge, huge, huge))).isPositive();
    }
}

package org.deepliftc.compiler.jit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class TrustedSourceTest {
    @Test
    void makesAnInstance() {
        String source = "public final class Twice implements java.util.function.IntUnaryOperator {\n"
                + "    public int applyAsInt(int x) { return 2 * x; }\n}\n";

        assertThat(TrustedSource.instance(IntUnaryOperator.class, "Twice", source)
                        .applyAsInt(21))
                .isEqualTo(42);
    }

    @Test
    void tellsTheLineThatDoesNotCompile() {
        assertThatExceptionOfType(GeneratedCodeException.class)
                .isThrownBy(() -> TrustedSource.instance(
                        IntUnaryOperator.class, "Wrong", "public final class Wrong {\n    int x = nothing;\n}\n"))
                .withMessageContaining("line 2: int x = nothing;");
    }
}

package org.deepliftc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedValueTest {
    @Test
    void splitsAtKnownNamesOnly() {
        List<String> names = List.of("x", "x=y");

        assertThat(NamedValue.split("x=a.npz", names)).isEqualTo(new NamedValue(Optional.of("x"), "a.npz"));
        assertThat(NamedValue.split("x=y=a.npz", names)).isEqualTo(new NamedValue(Optional.of("x=y"), "a.npz"));
        assertThat(NamedValue.split("run=3.npz", names)).isEqualTo(new NamedValue(Optional.empty(), "run=3.npz"));
        assertThat(NamedValue.split("x", names)).isEqualTo(new NamedValue(Optional.empty(), "x"));
    }
}

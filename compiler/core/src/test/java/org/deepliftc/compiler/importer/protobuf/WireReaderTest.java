package org.deepliftc.compiler.importer.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire format, whole and broken. */
class WireReaderTest {
    private static byte[] sample() {
        return new ProtobufMessage()
                .integer(1, 300)
                .text(2, "na\u00efve")
                .message(3, new ProtobufMessage().integer(1, -1).integers(2, List.of(1, 2, 3)))
                .real(4, 1.5f)
                .toByteArray();
    }

    private static WireReader reader(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return WireReader.of(ByteBuffer.wrap(all));
    }

    @Test
    void readsEveryKindOfField() {
        WireReader message = WireReader.of(ByteBuffer.wrap(sample()));

        assertThat(message.next()).isTrue();
        assertThat(message.integer()).isEqualTo(300);
        assertThat(message.next()).isTrue();
        assertThat(message.text()).isEqualTo("na\u00efve");
        assertThat(message.next()).isTrue();
        WireReader inner = message.message();
        inner.next();
        assertThat(inner.integer()).isEqualTo(-1);
        List<Long> numbers = new ArrayList<>();
        while (inner.next()) {
            inner.integers(numbers::add);
        }
        assertThat(numbers).containsExactly(1L, 2L, 3L);
        assertThat(message.next()).isTrue();
        assertThat(message.real()).isEqualTo(1.5f);
        assertThat(message.next()).isFalse();
    }

    @Test
    void readsPackedNumbers() {
        WireReader message = reader(0x0a, 0x03, 0x01, 0xac, 0x02);
        List<Long> numbers = new ArrayList<>();
        message.next();
        message.integers(numbers::add);

        assertThat(numbers).containsExactly(1L, 300L);
    }

    /** Cut anywhere, the bytes are either a shorter message or an error that says so; nothing else happens. */
    @Test
    void everyTruncationIsAnErrorOrAShorterMessage() {
        byte[] whole = sample();
        for (int length = 0; length < whole.length; length++) {
            WireReader message = WireReader.of(ByteBuffer.wrap(Arrays.copyOf(whole, length)));
            try {
                while (message.next()) {
                    message.skip();
                }
            } catch (WireFormatException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void aLengthBeyondTheEndIsRefusedBeforeAnythingIsMadeOfIt() {
        WireReader message = reader(0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x00);
        message.next();

        assertThatThrownBy(message::bytes)
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("2147483647");
    }

    @Test
    void aNegativeLengthIsRefused() {
        WireReader message = reader(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01);
        message.next();

        assertThatThrownBy(message::bytes).isInstanceOf(WireFormatException.class);
    }

    @Test
    void anEndlessIntegerIsRefused() {
        WireReader message = reader(0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80);
        message.next();

        assertThatThrownBy(message::integer).isInstanceOf(WireFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x0b, 0x0c, 0x0f})
    void unknownWireTypesAndFieldZeroAreRefused(int tag) {
        WireReader message = reader(tag, 0x00);

        assertThatThrownBy(() -> {
                    message.next();
                    message.skip();
                })
                .isInstanceOf(WireFormatException.class);
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        WireReader message = reader(0x0a, 0x02, 0xc3, 0x28);
        message.next();

        assertThatThrownBy(message::text)
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void messagesNestOnlySoDeep() {
        byte[] nested = new byte[0];
        for (int i = 0; i < 100; i++) {
            nested = new ProtobufMessage().bytes(1, nested).toByteArray();
        }
        WireReader outer = WireReader.of(ByteBuffer.wrap(nested));

        assertThatThrownBy(() -> {
                    WireReader message = outer;
                    while (message.next()) {
                        message = message.message();
                    }
                })
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("nest");
    }
}

package org.deepliftc.data.sequence;

import java.util.Arrays;

/** One-hot coding of DNA: code 0 to 3 for A, C, G, T sets one channel, {@link #ANY} (N and its like) none. */
public final class OneHot {
    public static final int CHANNELS = 4;
    /** The code of a base that is not known: all channels zero. */
    public static final byte ANY = 4;
    /** What {@link #codeOf} gives for a character that is no base. */
    static final byte NO_BASE = -1;

    private static final byte[] CODES = codes();

    private OneHot() {}

    private static byte[] codes() {
        byte[] result = new byte[256];
        Arrays.fill(result, NO_BASE);
        for (char c : "RYSWKMBDHVNryswkmbdhvn".toCharArray()) {
            result[c] = ANY;
        }
        for (byte code = 0; code < CHANNELS; code++) {
            result["ACGT".charAt(code)] = code;
            result["acgt".charAt(code)] = code;
        }
        return result;
    }

    static byte codeOf(int character) {
        return CODES[character & 0xff];
    }

    /** Writes codes as one-hot values, {@code 4 * length} floats from {@code to} on. */
    public static void encode(byte[] codes, int from, int length, OneHotLayout layout, float[] target, int to) {
        Arrays.fill(target, to, to + CHANNELS * length, 0f);
        int position = layout.positionStride();
        int channel = layout.channelStride(length);
        for (int i = 0; i < length; i++) {
            int code = codes[from + i];
            if (code != ANY) {
                target[to + i * position + code * channel] = 1f;
            }
        }
    }

    /**
     * Reads one-hot values back into codes.
     *
     * @return the first position that is neither one-hot nor all zeros, or -1 when all are
     */
    public static int decode(float[] source, int from, int length, OneHotLayout layout, byte[] codes, int to) {
        int position = layout.positionStride();
        int channel = layout.channelStride(length);
        for (int i = 0; i < length; i++) {
            byte code = ANY;
            for (byte c = 0; c < CHANNELS; c++) {
                float value = source[from + i * position + c * channel];
                if (value == 1f && code == ANY) {
                    code = c;
                } else if (value != 0f) {
                    return i;
                }
            }
            codes[to + i] = code;
        }
        return -1;
    }
}

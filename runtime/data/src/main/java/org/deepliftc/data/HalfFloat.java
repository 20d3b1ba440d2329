package org.deepliftc.data;

/** The two 16-bit float formats, both ways, rounding to nearest even. */
public final class HalfFloat {
    private HalfFloat() {}

    /** Widens IEEE binary16; subnormals, infinities and NaN included. */
    public static float fromF16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int magnitude = bits & 0x7fff;
        if (magnitude >= 0x7c00) {
            return Float.intBitsToFloat(sign | 0x7f800000 | (magnitude & 0x3ff) << 13);
        }
        if (magnitude < 0x400) {
            float subnormal = magnitude * 0x1p-24f;
            return sign == 0 ? subnormal : -subnormal;
        }
        return Float.intBitsToFloat(sign | (magnitude << 13) + (112 << 23));
    }

    static short toF16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 0x477ff000) {
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x38800000) {
            // Below the smallest normal: an exact scaling, then rounding to an integer, ties to even.
            return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24));
        }
        int rounded = magnitude + 0xfff + (magnitude >>> 13 & 1);
        return (short) (sign | (rounded - (112 << 23)) >>> 13);
    }

    /** Widens bfloat16, the upper half of a float. */
    public static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}

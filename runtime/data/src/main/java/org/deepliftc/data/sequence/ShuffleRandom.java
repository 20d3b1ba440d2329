package org.deepliftc.data.sequence;

/**
 * The random numbers of one shuffle: xoshiro256++ (Blackman and Vigna, 2019), started from (seed, example, shuffle).
 *
 * <p>The state's four words are {@code a = mix(seed + G)}, {@code b = mix(example + rotate(a, 13) + 2G)}, {@code c =
 * mix(shuffle + rotate(b, 29) + 3G)} and {@code mix(a ^ b ^ c + 4G)}, with G = 0x9e3779b97f4a7c15 and mix the
 * finaliser of SplitMix64. Every step can be undone, so that different triples always start from different states.
 */
public final class ShuffleRandom {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long a;
    private long b;
    private long c;
    private long d;
    private long spare;
    private boolean hasSpare;

    /** Starts the stream of shuffle number {@code shuffle} of example {@code example}. */
    public ShuffleRandom start(long seed, long example, long shuffle) {
        // GOLDEN and its first multiples, which wrap around
        a = mix(seed + GOLDEN);
        b = mix(example + Long.rotateLeft(a, 13) + 0x3c6ef372fe94f82aL);
        c = mix(shuffle + Long.rotateLeft(b, 29) + 0xdaa66d2c7ddf743fL);
        d = mix((a ^ b ^ c) + 0x78dde6e5fd29f054L) | 1; // odd: the one forbidden state, all zeros, cannot arise
        hasSpare = false;
        return this;
    }

    private static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long y = (x ^ x >>> 27) * 0x94d049bb133111ebL;
        return y ^ y >>> 31;
    }

    private long next() {
        long result = Long.rotateLeft(a + d, 23) + a;
        long t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = Long.rotateLeft(d, 45);
        return result;
    }

    /** 32 random bits; each 64-bit number serves twice. */
    private long next32() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        long bits = next();
        spare = bits >>> 32;
        hasSpare = true;
        return bits & 0xffffffffL;
    }

    /** A number in [0, bound), all exactly equally likely (Lemire 2019): a biased draw would bias the shuffles. */
    public int below(int bound) {
        long product = next32() * bound;
        if ((product & 0xffffffffL) < bound) {
            long threshold = (0x100000000L - bound) % bound;
            while ((product & 0xffffffffL) < threshold) {
                product = next32() * bound;
            }
        }
        return (int) (product >>> 32);
    }
}

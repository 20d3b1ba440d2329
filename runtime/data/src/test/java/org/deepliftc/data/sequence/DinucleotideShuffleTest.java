package org.deepliftc.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DinucleotideShuffleTest {
    private final DinucleotideShuffle shuffler = new DinucleotideShuffle();

    /** Among them sequences whose last exits differ between trails, which pinned-edge shufflers never reach. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ABCBACA",
                "ABACBCA",
                "ACGTACGGT",
                "AACCAACC",
                "ABCABDACBD",
                "ABBCACAB",
                "GATTACAGAT",
                "NACNAGNAC",
                "AAAAB",
                "ABABABCAC",
                "TGTGCATGCA"
            })
    void drawsAllDistinctSequencesEquallyOften(String text) {
        Set<String> all = enumerate(text);
        int draws = 2000 * all.size();
        Map<String, Integer> seen = new HashMap<>();
        byte[] source = bytes(text);
        byte[] target = new byte[source.length];
        shuffler.load(source, 0, source.length);
        for (int i = 0; i < draws; i++) {
            shuffler.shuffle(target, 0, 1605, 17, i);
            seen.merge(new String(target, StandardCharsets.US_ASCII), 1, Integer::sum);
        }
        assertThat(seen.keySet()).isEqualTo(all);
        double chiSquare = 0;
        for (int count : seen.values()) {
            chiSquare += (count - 2000.0) * (count - 2000.0) / 2000.0;
        }
        double freedom = all.size() - 1;
        // Wilson-Hilferty: about a normal score; 4 is reached by chance once in 30,000, and the seed is fixed.
        double score = freedom == 0
                ? 0
                : (Math.cbrt(chiSquare / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
        assertThat(score).isLessThan(4);
        assertThat(Math.exp(shuffler.logDistinct())).isCloseTo(all.size(), within(1e-6 * all.size()));
        assertThat(shuffler.isOnlyItself()).isEqualTo(all.size() == 1);
    }

    @Test
    void keepsPairsAndEnds() {
        Random random = new Random(3);
        for (int trial = 0; trial < 300; trial++) {
            byte[] source = new byte[1 + random.nextInt(400)];
            int alphabet = 1 + random.nextInt(trial % 3 == 0 ? 256 : 5);
            for (int i = 0; i < source.length; i++) {
                source[i] = (byte) random.nextInt(alphabet);
            }
            byte[] target = new byte[source.length + 7];
            shuffler.shuffle(source, 0, source.length, target, 5, trial, 0, 0);
            byte[] shuffled = java.util.Arrays.copyOfRange(target, 5, 5 + source.length);
            assertThat(pairs(shuffled)).isEqualTo(pairs(source));
            assertThat(shuffled[0]).isEqualTo(source[0]);
            assertThat(shuffled[shuffled.length - 1]).isEqualTo(source[source.length - 1]);
            assertThat(target).startsWith(0, 0, 0, 0, 0).endsWith(0, 0);
        }
    }

    @Test
    void dependsOnSeedExampleAndNumberAlone() {
        byte[] source = bytes("ACGTTGCAACGGTTACGATCGATTACGGCATTAGC");
        byte[] first = new byte[source.length];
        byte[] again = new byte[source.length];
        shuffler.shuffle(source, 0, source.length, first, 0, 1, 2, 3);
        shuffler.shuffle(source, 0, source.length, again, 0, 1, 2, 4);
        assertThat(again).isNotEqualTo(first);
        shuffler.shuffle(source, 0, source.length, again, 0, 1, 3, 3);
        assertThat(again).isNotEqualTo(first);
        shuffler.shuffle(source, 0, source.length, again, 0, 2, 2, 3);
        assertThat(again).isNotEqualTo(first);
        new DinucleotideShuffle().shuffle(source, 0, source.length, again, 0, 1, 2, 3);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void knowsSequencesThatCannotBeShuffled() {
        for (String text :
                new String[] {"", "A", "AC", "ACA", "ACACACACACAC", "AAAAAAAA", "ACGTACGTACGT", "AAAACCCC"}) {
            assertThat(shuffler.load(bytes(text), 0, text.length()).isOnlyItself())
                    .as(text)
                    .isTrue();
        }
        assertThat(shuffler.load(bytes("AACAC"), 0, 5).isOnlyItself()).isFalse();
    }

    @Test
    void countsShufflesOfLongSequences() {
        byte[] source = new byte[1_000_000];
        new Random(1).nextBytes(source);
        for (int i = 0; i < source.length; i++) {
            source[i] &= 3;
        }
        double perSymbol = shuffler.load(source, 0, source.length).logDistinct() / source.length;
        assertThat(perSymbol).isCloseTo(Math.log(4), within(1e-3));
        for (int i = 0; i < source.length; i++) {
            source[i] = (byte) (i & 3);
        }
        assertThat(shuffler.load(source, 0, source.length).isOnlyItself()).isTrue();
    }

    @Test
    void drawsNumbersBelowABoundEquallyOften() {
        ShuffleRandom random = new ShuffleRandom().start(1, 2, 3);
        int[] seen = new int[7];
        for (int i = 0; i < 700_000; i++) {
            seen[random.below(7)]++;
        }
        for (int count : seen) {
            assertThat(count).isBetween(98_800, 101_200);
        }
        int large = 3 << 29; // a third of the raw numbers must be rejected here
        int low = 0;
        for (int i = 0; i < 100_000; i++) {
            low += random.below(large) < large / 2 ? 1 : 0;
        }
        assertThat(low).isBetween(49_200, 50_800);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<Integer, Integer> pairs(byte[] sequence) {
        Map<Integer, Integer> result = new TreeMap<>();
        for (int i = 1; i < sequence.length; i++) {
            result.merge((sequence[i - 1] & 0xff) << 8 | sequence[i] & 0xff, 1, Integer::sum);
        }
        return result;
    }

    /** All sequences with the same pairs and first symbol, by trying every way on. */
    private static Set<String> enumerate(String text) {
        Set<String> result = new TreeSet<>();
        extend(text.substring(0, 1), pairs(bytes(text)), text.length(), result);
        result.removeIf(each -> each.charAt(text.length() - 1) != text.charAt(text.length() - 1));
        return result;
    }

    private static void extend(String start, Map<Integer, Integer> left, int length, Set<String> result) {
        if (start.length() == length) {
            result.add(start);
            return;
        }
        for (int pair : Set.copyOf(left.keySet())) {
            if (left.get(pair) > 0 && pair >> 8 == start.charAt(start.length() - 1)) {
                left.merge(pair, -1, Integer::sum);
                extend(start + (char) (pair & 0xff), left, length, result);
                left.merge(pair, 1, Integer::sum);
            }
        }
    }
}

package org.deepliftc.pictures;

import java.util.Arrays;
import java.util.List;

/** One sequence of a {@link SequenceLogo}: letters with heights, a title and annotations. Immutable. */
public final class Track {
    private static final int LONGEST = 10_000_000;
    private static final Glyph[] BASES = {Glyph.A, Glyph.C, Glyph.G, Glyph.T};

    private final String name;
    private final String detail;
    private final Glyph[][] letters;
    private final double[][] heights;
    private final long first;
    private final List<Annotation> annotations;

    /** {@code letters} and {@code heights} by layer, then position. */
    private Track(
            String name,
            String detail,
            Glyph[][] letters,
            double[][] heights,
            long first,
            List<Annotation> annotations) {
        this.name = name;
        this.detail = detail;
        this.letters = letters;
        this.heights = heights;
        this.first = first;
        this.annotations = List.copyOf(annotations);
    }

    /**
     * A sequence with the contribution of the base present at each position.
     *
     * @param bases letters A C G T (U), in either case; every other one is drawn as N
     * @param contributions one per base
     * @throws IllegalArgumentException if lengths differ, the sequence is empty or a contribution is not finite
     */
    public static Track of(String name, String bases, double[] contributions) {
        checkLength(name, contributions.length);
        if (bases.length() != contributions.length) {
            throw new IllegalArgumentException("sequence '" + Text.clean(name) + "' has " + bases.length()
                    + " bases but " + contributions.length + " contributions");
        }
        Glyph[] letters = new Glyph[bases.length()];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = Glyph.of(bases.charAt(i));
        }
        return single(name, letters, contributions);
    }

    /**
     * A one-hot sequence with contributions of all four channels, which are summed at each position: where a reference
     * holds another base, the absent channels contribute too.
     *
     * @param oneHot [4][length] in order A C G T; a position that is not one-hot is drawn as N
     * @param contributions [4][length]
     */
    public static Track ofOneHot(String name, double[][] oneHot, double[][] contributions) {
        double[][] sequence = fourRows("one-hot sequence '" + Text.clean(name) + "'", oneHot);
        double[][] scores = fourRows("contributions of '" + Text.clean(name) + "'", contributions);
        if (sequence[0].length != scores[0].length) {
            throw new IllegalArgumentException("sequence '" + Text.clean(name) + "' has " + sequence[0].length
                    + " positions but contributions for " + scores[0].length);
        }
        Glyph[] letters = new Glyph[sequence[0].length];
        double[] heights = new double[letters.length];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = present(sequence, i);
            heights[i] = scores[0][i] + scores[1][i] + scores[2][i] + scores[3][i];
        }
        return single(name, letters, heights);
    }

    /**
     * All four letters at each position, as hypothetical contributions are drawn: positive ones stacked above the axis
     * and negative ones below, small to large outwards.
     *
     * @param contributions [4][length] in order A C G T
     */
    public static Track stacked(String name, double[][] contributions) {
        double[][] scores = fourRows("contributions of '" + Text.clean(name) + "'", contributions);
        int length = scores[0].length;
        Glyph[][] letters = new Glyph[4][length];
        double[][] heights = new double[4][length];
        for (int i = 0; i < length; i++) {
            int position = i;
            Integer[] order = {0, 1, 2, 3};
            Arrays.sort(order, (a, b) -> Double.compare(Math.abs(scores[a][position]), Math.abs(scores[b][position])));
            for (int layer = 0; layer < 4; layer++) {
                letters[layer][i] = BASES[order[layer]];
                heights[layer][i] = scores[order[layer]][i];
            }
        }
        return checked(new Track(name, "", letters, heights, 0, List.of()));
    }

    /** The same track with a remark beside its name, such as prediction and reference. */
    public Track detail(String remark) {
        return new Track(name, remark, letters, heights, first, annotations);
    }

    /** The same track with its first base at this position (0 unless set; a genomic coordinate, for example). */
    public Track from(long position) {
        if (Math.abs(position) > 1L << 52) {
            throw new IllegalArgumentException("first position " + position + " is out of range");
        }
        return new Track(name, detail, letters, heights, position, annotations);
    }

    /**
     * The same track with these annotations; set {@link #from} first.
     *
     * @throws IllegalArgumentException if one lies wholly outside the sequence
     */
    public Track annotated(List<Annotation> marks) {
        for (Annotation mark : marks) {
            if (mark.end() <= first || mark.start() >= first + length()) {
                throw new IllegalArgumentException("annotation '" + Text.clean(mark.label()) + "' at " + mark.start()
                        + " to " + mark.end() + " lies outside sequence '" + Text.clean(name) + "', which covers "
                        + first + " to " + (first + length()));
            }
        }
        return new Track(name, detail, letters, heights, first, marks);
    }

    public String name() {
        return name;
    }

    /** Number of positions. */
    public int length() {
        return heights[0].length;
    }

    String detail() {
        return detail;
    }

    long first() {
        return first;
    }

    List<Annotation> annotations() {
        return annotations;
    }

    int layers() {
        return heights.length;
    }

    Glyph letter(int layer, int position) {
        return letters[layer][position];
    }

    double height(int layer, int position) {
        return heights[layer][position];
    }

    /** The sum of what stands above the axis at a position. */
    double top(int position) {
        double sum = 0;
        for (double[] layer : heights) {
            sum += Math.max(0, layer[position]);
        }
        return sum;
    }

    /** The (negative) sum of what hangs below the axis at a position. */
    double bottom(int position) {
        double sum = 0;
        for (double[] layer : heights) {
            sum += Math.min(0, layer[position]);
        }
        return sum;
    }

    /** The values in [start, end). */
    Range range(int start, int end) {
        Range range = Range.around(0, 0);
        for (int i = start; i < end; i++) {
            range = range.and(new Range(bottom(i), top(i)));
        }
        return range;
    }

    private static Track single(String name, Glyph[] letters, double[] heights) {
        return checked(new Track(name, "", new Glyph[][] {letters}, new double[][] {heights.clone()}, 0, List.of()));
    }

    private static Track checked(Track track) {
        for (double[] layer : track.heights) {
            Checks.finite("contributions of '" + Text.clean(track.name) + "'", layer);
        }
        for (int i = 0; i < track.length(); i++) {
            if (Double.isInfinite(track.top(i) / 2 - track.bottom(i) / 2)) {
                throw new IllegalArgumentException("contributions of '" + Text.clean(track.name) + "' at position " + i
                        + " are too large to add up");
            }
        }
        return track;
    }

    private static void checkLength(String name, int length) {
        if (length == 0 || length > LONGEST) {
            throw new IllegalArgumentException(
                    "sequence '" + Text.clean(name) + "' has " + length + " bases; a logo holds 1 to " + LONGEST);
        }
    }

    private static double[][] fourRows(String what, double[][] values) {
        if (values.length != 4) {
            throw new IllegalArgumentException(what + " must have the 4 rows A, C, G, T, but has " + values.length);
        }
        double[][] rows = Checks.matrix(what, values);
        checkLength(what, rows[0].length);
        return rows;
    }

    private static Glyph present(double[][] oneHot, int position) {
        Glyph found = Glyph.N;
        for (int base = 0; base < 4; base++) {
            double value = oneHot[base][position];
            if (value == 1 && found == Glyph.N) {
                found = BASES[base];
            } else if (value != 0) {
                return Glyph.N;
            }
        }
        return found;
    }
}

package org.deepliftc.pictures;

/**
 * A marked stretch of a sequence, such as a known binding site.
 *
 * @param start first position, in the coordinates of the track (see {@link Track#from})
 * @param end position after the last
 * @param label written above; may be empty
 */
public record Annotation(long start, long end, String label, Colour colour) {
    /** @throws IllegalArgumentException if the stretch is empty */
    public Annotation {
        if (end <= start) {
            throw new IllegalArgumentException("annotation '" + Text.clean(label) + "' covers " + start + " to " + end
                    + ", which is empty; the end lies after the last base");
        }
    }

    /** An annotation in a neutral colour. */
    public Annotation(long start, long end, String label) {
        this(start, end, label, new Colour(0x3C4043));
    }
}

package org.deepliftc.data.sequence;

/**
 * One sequence of a FASTA file.
 *
 * @param name the header up to the first blank
 * @param description the rest of the header, or empty
 * @param line the line of the header, counted from 1
 * @param codes one code per base, 0 to 3 for A, C, G, T and {@link OneHot#ANY} for ambiguous ones; the caller's own
 * @param ambiguous how many bases are {@link OneHot#ANY}
 */
public record FastaRecord(String name, String description, long line, byte[] codes, int ambiguous) {
    public int length() {
        return codes.length;
    }

    /** The bases as upper-case text, N for ambiguous ones. */
    public String sequence() {
        byte[] text = new byte[codes.length];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) "ACGTN".charAt(codes[i]);
        }
        return new String(text, java.nio.charset.StandardCharsets.US_ASCII);
    }
}

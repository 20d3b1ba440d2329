package org.deepliftc.compiler.explain;

/** Where the reference of an input comes from. */
public sealed interface Reference
        permits Reference.Zeros,
                Reference.Given,
                Reference.MeanOf,
                Reference.Rows,
                Reference.Background,
                Reference.Shuffled {

    /** All zeros; known when compiling. */
    record Zeros() implements Reference {}

    /** Handed over with every call, or bound to a model by {@code withReferences}. */
    record Given() implements Reference {}

    /** The mean over the rows of a file; known when compiling. */
    record MeanOf(String file) implements Reference {}

    /** The rows of a file: one for all examples, or one (or several, a further axis) for each. */
    record Rows(String file) implements Reference {}

    /** Every row of a file is a reference of every example; explanations are averaged. */
    record Background(String file) implements Reference {}

    /** {@code count} dinucleotide shuffles of each example. */
    record Shuffled(int count) implements Reference {
        public Shuffled {
            if (count < 1) {
                throw new IllegalArgumentException("the number of shuffles must be at least 1, not " + count);
            }
        }
    }

    /**
     * Reads {@code zeros}, {@code given}, {@code mean:FILE}, {@code background:FILE}, {@code shuffle:N} or
     * {@code FILE}.
     *
     * @throws IllegalArgumentException where N is not a positive number
     */
    static Reference parse(String text) {
        if (text.equals("zeros")) {
            return new Zeros();
        }
        if (text.equals("given")) {
            return new Given();
        }
        if (text.startsWith("mean:")) {
            return new MeanOf(text.substring("mean:".length()));
        }
        if (text.startsWith("background:")) {
            return new Background(text.substring("background:".length()));
        }
        if (text.startsWith("shuffle:")) {
            String count = text.substring("shuffle:".length());
            try {
                return new Shuffled(Integer.parseInt(count));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + count + "' is not a number of shuffles; write shuffle:20", e);
            }
        }
        return new Rows(text);
    }
}

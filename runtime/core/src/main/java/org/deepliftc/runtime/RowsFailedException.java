package org.deepliftc.runtime;

/** Computing some rows of a batch failed; the cause says why. Of several failures, the one of the lowest rows. */
public final class RowsFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long batch;
    private final int first;
    private final int count;

    RowsFailedException(long batch, int first, int count, Throwable cause) {
        super(text(batch, first, count, cause), cause);
        this.batch = batch;
        this.first = first;
        this.count = count;
    }

    /** The number of the batch in its stream, from 0. */
    public long batch() {
        return batch;
    }

    /** The first row of the chunk that failed, within its batch. */
    public int first() {
        return first;
    }

    /** The number of rows of the chunk that failed. */
    public int count() {
        return count;
    }

    private static String text(long batch, int first, int count, Throwable cause) {
        String rows = count == 1 ? "row " + first : "rows " + first + " to " + (first + count - 1);
        String reason = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return rows + " of batch " + batch + ": " + reason;
    }
}

package org.deepliftc.cli.bench;

import java.util.function.LongSupplier;

/**
 * What calls of a session allocate once all that they run is compiled.
 *
 * @param bytesPerCall of the call that allocated least; -1 where the JVM does not say
 * @param settled false where the time ran out while calls still allocated: their code may not be compiled yet, and they may
 *     allocate less in the end
 */
public record Allocation(long bytesPerCall, boolean settled) {
    /** Of a JVM that does not count what threads allocate. */
    static final Allocation UNKNOWN = new Allocation(-1, true);

    static final long MOST_NANOS = 10_000_000_000L;
    private static final int LEAST_CALLS = 3;

    /**
     * Calls until a call allocates nothing, for at most {@value #MOST_NANOS} ns, but at least three times. HotSpot compiles
     * a method that runs once in a call after up to 600 calls, however long one takes, and until then the vectors in it are
     * objects: of a large network that may never end.
     *
     * @param bytes that this thread has allocated so far
     * @param clock of nanoseconds
     */
    static Allocation of(Runnable call, LongSupplier bytes, LongSupplier clock) {
        long began = clock.getAsLong();
        long least = Long.MAX_VALUE;
        int calls = 0;
        while (least > 0 && (calls < LEAST_CALLS || clock.getAsLong() - began < MOST_NANOS)) {
            long before = bytes.getAsLong();
            call.run();
            least = Math.min(least, bytes.getAsLong() - before);
            calls++;
        }
        return new Allocation(least, least == 0);
    }

    @Override
    public String toString() {
        return bytesPerCall + (settled ? "" : "*");
    }
}

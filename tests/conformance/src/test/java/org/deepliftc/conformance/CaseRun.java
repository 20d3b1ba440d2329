package org.deepliftc.conformance;

import java.util.List;

/** A way to compute what a case expects. */
interface CaseRun {

    /**
     * What came out for all examples of a case.
     *
     * @param contributions one array for each input, {@code [examples, input shape]}
     * @param output the explained value of each example
     * @param referenceOutput the explained value on each example's reference; empty for methods without one
     */
    record Result(List<double[]> contributions, double[] output, double[] referenceOutput) {}

    /** Explains every example of {@code of} against its own reference. */
    Result run(ConformanceCase of, MethodKey key) throws Exception;
}

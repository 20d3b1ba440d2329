package org.deepliftc.compiler.driver;

/** What is missing from summation-to-delta, in terms of what was to be explained. */
public final class RelativeResidual {
    /**
     * The part of all contributions below which the target's difference is what cancellation left of them, and no
     * measure of their errors.
     */
    private static final double CANCELLED = 1e-3;

    private RelativeResidual() {}

    /**
     * The residual relative to the target's difference, or to a thousandth of the contributions' magnitudes where the
     * difference cancels to less. Infinite where a residual is left of nothing, or is no number.
     *
     * @param change the target's difference-from-reference
     * @param contributed the sum of the magnitudes of all contributions
     */
    public static double of(double residual, double change, double contributed) {
        if (residual == 0) {
            return 0;
        }
        double relative = Math.abs(residual) / Math.max(Math.abs(change), CANCELLED * contributed);
        return Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative;
    }
}

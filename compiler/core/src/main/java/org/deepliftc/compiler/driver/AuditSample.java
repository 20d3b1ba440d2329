package org.deepliftc.compiler.driver;

/**
 * What was measured on one example for one target, the mean over its references.
 *
 * @param change the target's difference-from-reference
 * @param contributed the sum of the magnitudes of all contributions
 * @param residuals for each audited node, the sum of what its inputs carry less the sum of what its output carries
 */
public record AuditSample(double change, double contributed, double[] residuals) {

    /** The residual of a node relative to what was to be explained; see {@link RelativeResidual}. */
    public double relative(int node) {
        return RelativeResidual.of(residuals[node], change, contributed);
    }

    /** The node with the largest residual, the one nearest to the explained point of several. */
    public int worst() {
        int worst = 0;
        for (int node = 1; node < residuals.length; node++) {
            if (relative(node) > relative(worst)) {
                worst = node;
            }
        }
        return worst;
    }
}

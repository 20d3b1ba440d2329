package org.deepliftc.compiler.explain;

/** How the division of a tensor by a norm of itself hands its multiplier back. All are exact. */
public enum NormRule implements Spelled {
    /**
     * Square, sum, root and product, both runs of the product weighed alike while their norms are of like size (paper 2.3.5), and
     * by those norms where they are far apart: no share is larger than the change is.
     */
    GUARDED,
    /** Square, sum, root and product, each by the paper's rule (2.3.4, 2.3.5). */
    DECOMPOSED,
    /** The integral of the gradient along the straight path between both runs, in closed form. */
    PATH
}

package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.layer.NamedActivations;

/** Elementwise functions: the built-in ones, and those the user defined. */
final class ActivationLayers {
    private ActivationLayers() {}

    static Value builtin(Site site, Activation.Kind kind) {
        Node x = site.tensor("x");
        if (kind == Activation.Kind.PRELU) {
            return prelu(site, x);
        }
        return site.result(new Op.Elementwise(alpha(site.arguments(), kind)), x);
    }

    /** The activation with the call's {@code alpha}. */
    static Activation.Builtin alpha(Arguments arguments, Activation.Kind kind) {
        if (kind == Activation.Kind.CLIP) {
            try {
                return Activation.clip(arguments.real("low", 0), arguments.real("high", 1));
            } catch (IllegalArgumentException e) {
                throw arguments.outOfRange("high", e.getMessage());
            }
        }
        if (!kind.hasAlpha()) {
            return (Activation.Builtin) Activation.of(kind);
        }
        try {
            return (Activation.Builtin) Activation.of(kind, arguments.real("alpha", kind.defaultAlpha()));
        } catch (IllegalArgumentException e) {
            throw arguments.outOfRange("alpha", e.getMessage());
        }
    }

    /** A slope of [C] belongs to the channels of [C, ...]; every other shape broadcasts from the last axis. */
    private static Value prelu(Site site, Node x) {
        Parameters.Weight slope = new Parameters(site).require("slope", "slope", Parameters.SLOPE);
        Shape shape = slope.shape();
        if (shape.rank() == 1
                && x.shape().rank() > 1
                && shape.dim(0) == x.shape().dim(0)) {
            List<Integer> dims = new ArrayList<>(shape.dims());
            while (dims.size() < x.shape().rank()) {
                dims.add(1);
            }
            shape = new Shape(dims);
        }
        if (!broadcasts(shape, x.shape())) {
            throw site.shapeFailure(
                    slope.described() + ", which fits neither the channels nor the elements of the input " + x.shape(),
                    x);
        }
        return site.result(new Op.Elementwise(Activation.of(Activation.Kind.PRELU)), x, slope.node(shape));
    }

    private static boolean broadcasts(Shape slope, Shape value) {
        if (slope.rank() > value.rank()) {
            return false;
        }
        for (int axis = 1; axis <= slope.rank(); axis++) {
            int extent = slope.dim(slope.rank() - axis);
            if (extent != 1 && extent != value.dim(value.rank() - axis)) {
                return false;
            }
        }
        return true;
    }

    static Value userDefined(Site site, Activation.UserDefined activation) {
        return site.result(new Op.Elementwise(activation), site.tensor("x"));
    }

    /** clip(alpha x + beta, 0, 1). */
    static Value hardSigmoid(Site site) {
        double alpha = site.arguments().real("alpha", 0.2);
        double beta = site.arguments().real("beta", 0.5);
        return userDefined(site, new Activation.UserDefined("hard_sigmoid", NamedActivations.hardSigmoid(alpha, beta)));
    }

    /** x to a power that is known when compiling; one that is not whole takes positive x. */
    static Value power(Site site) {
        site.arguments().required("exponent");
        double exponent = site.arguments().real("exponent", 1);
        if (exponent == Math.rint(exponent) && Math.abs(exponent) < Integer.MAX_VALUE) {
            return TensorArithmetic.power(site, site.tensor("x"), (long) exponent);
        }
        return userDefined(site, new Activation.UserDefined("pow", NamedActivations.power(exponent)));
    }
}

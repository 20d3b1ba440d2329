package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * maxout(x, units, pieces): y[u] is the largest of {@code pieces} affine functions of x. Row {@code u * pieces + k} of the
 * weight [units * pieces, features] holds piece k of unit u.
 */
final class MaxoutLayer {
    private MaxoutLayer() {}

    static Value elaborate(Site site) {
        Node x = site.tensor("x");
        if (x.shape().rank() == 0) {
            throw site.shapeFailure("reads [..., features], but the input is a scalar", x);
        }
        Parameters parameters = new Parameters(site);
        Parameters.Weight weight = parameters.require("weight", "weight", Parameters.MAIN);
        boolean isMatrix = weight.shape().rank() == 2;
        int rows = isMatrix ? weight.shape().dim(0) : 1;
        site.arguments().required("pieces");
        int pieces = site.arguments().whole("pieces", 2, 2);
        int units = site.arguments().whole("units", 1, Math.max(1, rows / pieces));
        int features = x.shape().dim(x.shape().rank() - 1);
        Shape needed = site.shape(List.of(Math.multiplyExact(units, pieces), features));
        List<String> reasons = new ArrayList<>();
        if (!isMatrix || rows != needed.dim(0)) {
            reasons.add(units + " units of " + pieces + " pieces");
        }
        if (isMatrix && weight.shape().dim(1) != features) {
            reasons.add("the input " + x.shape() + " of " + features + " features");
        }
        Node[] operands = AffineLayers.operands(x, parameters, weight, needed, reasons);
        Node all = site.step("dense", new Op.Dense(Op.Direction.FORWARD), operands);
        return site.result(new Op.Binary(Op.BinaryKind.MAXIMUM), pieces(site, all, units, pieces));
    }

    private static Node[] pieces(Site site, Node all, int units, int pieces) {
        int last = all.shape().rank() - 1;
        Node[] each = new Node[pieces];
        for (int k = 0; k < pieces; k++) {
            List<Integer> starts = new ArrayList<>(Collections.nCopies(last, 0));
            starts.add(k);
            List<Integer> steps = new ArrayList<>(Collections.nCopies(last, 1));
            steps.add(pieces);
            each[k] = site.step("piece", new Op.Slice(starts, steps, all.shape().with(last, units)), all);
        }
        return each;
    }
}

package org.deepliftc.compiler.oracle;

import java.util.List;
import java.util.TreeSet;
import org.deepliftc.compiler.explain.MaxRule;

/**
 * The rules of a maximum y over the elements of a group (paper 2.3.2). With w the first largest element on the input and
 * w0 on the reference:
 *
 * <ul>
 *   <li>winner (eq. 11): w gets dy / dx_w, and 1 where dx_w vanishes;
 *   <li>cross: w gets (max(y, y0) - y0) / dx_w and w0 gets (y - max(y, y0)) / dx_w0; a share of 0 over a difference
 *       of 0 is 1, its limit, where y is at least y0;
 *   <li>segments (eq. 14): on the straight path from reference to input each gets the length of the parts on which it is
 *       the largest;
 *   <li>gradient: w gets 1.
 * </ul>
 */
record MaxOracle(MaxRule rule, double[] actual, double[] reference) {

    double[] handedBack(List<List<Integer>> groups, double[] m) {
        double[] back = new double[actual.length];
        for (int o = 0; o < m.length; o++) {
            hand(groups.get(o), m[o], back);
        }
        return back;
    }

    private void hand(List<Integer> group, double m, double[] back) {
        int w = first(group, actual);
        int w0 = first(group, reference);
        double y = actual[w];
        double y0 = reference[w0];
        double delta = actual[w] - reference[w];
        switch (rule) {
            case GRADIENT -> back[w] += m;
            case WINNER -> back[w] += RuleOracle.isNear(actual[w], reference[w]) ? m : m * (y - y0) / delta;
            case CROSS -> {
                if (y == y0 && delta == 0) {
                    back[w] += m;
                } else if (y > y0) {
                    back[w] += m * (y - y0) / delta;
                } else if (y < y0) {
                    back[w0] += m * (y - y0) / (actual[w0] - reference[w0]);
                }
            }
            case SEGMENTS -> shareOut(group, m, back);
        }
    }

    /** Between neighbouring crossings of any two lines the largest at the middle is the largest throughout. */
    private void shareOut(List<Integer> group, double m, double[] back) {
        TreeSet<Double> crossings = new TreeSet<>(List.of(0.0, 1.0));
        for (int i : group) {
            for (int j : group) {
                double gain = (actual[j] - reference[j]) - (actual[i] - reference[i]);
                double t = (reference[i] - reference[j]) / gain;
                if (t > 0 && t < 1) {
                    crossings.add(t);
                }
            }
        }
        double from = 0;
        for (double to : crossings) {
            double middle = (from + to) / 2;
            int best = group.get(0);
            for (int i : group) {
                best = at(i, middle) > at(best, middle) ? i : best;
            }
            back[best] += m * (to - from);
            from = to;
        }
    }

    private double at(int i, double t) {
        return reference[i] + t * (actual[i] - reference[i]);
    }

    private static int first(List<Integer> group, double[] values) {
        int best = group.get(0);
        for (int i : group) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}

package org.deepliftc.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How well scores by position find planted positions, averaged over sequences.
 *
 * @param topInSites share of the 14 highest positions that are planted
 * @param meanRank mean rank of the planted positions, counted from 1
 * @param auroc share of pairs of a planted and another position that are ranked in that order; ties go to the earlier
 *     position, as in the ranks
 */
record Recovery(int sequences, double topInSites, double meanRank, double auroc) {
    private static final int TOP = 14;

    static Recovery of(List<double[]> scores, List<boolean[]> planted) {
        double top = 0;
        double rank = 0;
        double auroc = 0;
        for (int i = 0; i < scores.size(); i++) {
            List<Integer> order = descending(scores.get(i));
            boolean[] sites = planted.get(i);
            int positions = 0;
            int inTop = 0;
            int ranks = 0;
            for (int place = 0; place < order.size(); place++) {
                if (sites[order.get(place)]) {
                    positions++;
                    ranks += place + 1;
                    inTop += place < TOP ? 1 : 0;
                }
            }
            top += (double) inTop / TOP;
            rank += (double) ranks / positions;
            int others = order.size() - positions;
            double below = (double) positions * order.size() - ranks - positions * (positions - 1) / 2.0;
            auroc += below / ((double) positions * others);
        }
        int n = scores.size();
        return new Recovery(n, top / n, rank / n, auroc / n);
    }

    private static List<Integer> descending(double[] scores) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> 0.0 - scores[i])); // 0.0 - 0.0 is never -0.0
        return order;
    }

    /** The share of pairs of a positive and a negative in which the positive scores higher; ties count half. */
    static double auroc(double[] scores, boolean[] positive) {
        double pairs = 0;
        double won = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (positive[i] && !positive[j]) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        return won / pairs;
    }
}

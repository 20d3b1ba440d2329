package org.deepliftc.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Simulated sequences with the sites planted in them, from FASTA headers {@code label=1 sites=GATA:38-45;...}. */
record PlantedSites(List<String> sequences, boolean[] labels, List<boolean[]> planted) {
    static final int POSITIONS = 200;
    private static final String BASES = "ACGT";
    private static final Pattern SITE = Pattern.compile("[A-Z]+:(\\d+)-(\\d+)");

    static PlantedSites read(Path fasta) throws IOException {
        List<String> sequences = new ArrayList<>();
        List<Boolean> labels = new ArrayList<>();
        List<boolean[]> planted = new ArrayList<>();
        for (String line : Files.readAllLines(fasta)) {
            if (line.startsWith(">")) {
                labels.add(line.contains("label=1"));
                boolean[] sites = new boolean[POSITIONS];
                Matcher matcher = SITE.matcher(line);
                while (matcher.find()) {
                    for (int p = Integer.parseInt(matcher.group(1)); p < Integer.parseInt(matcher.group(2)); p++) {
                        sites[p] = true;
                    }
                }
                planted.add(sites);
            } else {
                sequences.add(line);
            }
        }
        boolean[] flags = new boolean[labels.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = labels.get(i);
        }
        return new PlantedSites(sequences, flags, planted);
    }

    int examples() {
        return sequences.size();
    }

    /** {@code [examples, 4, positions]}. */
    float[] oneHot() {
        int[] codes = new int[examples() * POSITIONS];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(i / POSITIONS, i % POSITIONS);
        }
        return oneHot(codes);
    }

    static float[] oneHot(int[] codes) {
        float[] values = new float[codes.length * 4];
        for (int i = 0; i < codes.length; i++) {
            values[(i / POSITIONS * 4 + codes[i]) * POSITIONS + i % POSITIONS] = 1;
        }
        return values;
    }

    private int code(int example, int position) {
        return BASES.indexOf(sequences.get(example).charAt(position));
    }

    /** The contribution of the base present at each position. */
    double[][] ofPresentBase(float[] contributions) {
        double[][] scores = new double[examples()][POSITIONS];
        for (int i = 0; i < examples(); i++) {
            for (int p = 0; p < POSITIONS; p++) {
                scores[i][p] = contributions[(i * 4 + code(i, p)) * POSITIONS + p];
            }
        }
        return scores;
    }

    /** How well scores find the planted positions of the positives that the model gets right. */
    Recovery recovery(double[][] scores, double[] logits) {
        List<double[]> chosen = new ArrayList<>();
        List<boolean[]> sites = new ArrayList<>();
        for (int i = 0; i < examples(); i++) {
            if (labels[i] && logits[i] > 0) {
                chosen.add(scores[i]);
                sites.add(planted.get(i));
            }
        }
        return Recovery.of(chosen, sites);
    }
}

package org.deepliftc.data;

import java.util.Collection;
import java.util.Comparator;

/** Tells what a file holds when it does not hold the name that was asked for. */
final class NearestName {
    private static final int LISTED = 8;
    private static final int LONGEST = 64;

    private NearestName() {}

    static DataFormatException unknown(Origin file, String what, String name, Collection<String> names) {
        return file.error("it has no " + what + " '" + name + "'", hint(name, names));
    }

    private static String hint(String name, Collection<String> names) {
        if (names.isEmpty()) {
            return "it holds nothing at all: write the file again";
        }
        String listed = String.join(", ", names.stream().limit(LISTED).toList());
        String all = "it holds " + listed + (names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "");
        return names.stream()
                .filter(candidate -> distance(name, candidate) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .map(nearest -> "did you mean '" + nearest + "'? " + all)
                .orElse(all);
    }

    private static int distance(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}

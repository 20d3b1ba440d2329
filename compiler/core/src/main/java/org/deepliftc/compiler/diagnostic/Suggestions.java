package org.deepliftc.compiler.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names near a misspelt one. */
public final class Suggestions {
    private static final int MOST = 3;
    /** Longer names are not compared: the table of distances grows with the product of the lengths. */
    private static final int LONGEST = 80;

    private Suggestions() {}

    /** Up to three known names near {@code wanted}, nearest first. */
    public static List<String> near(String wanted, Collection<String> known) {
        if (wanted.length() > LONGEST) {
            return List.of();
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(1, Math.min(3, wanted.length() / 3));
        return known.stream()
                .filter(name -> Math.abs(name.length() - wanted.length()) <= tolerance && name.length() <= LONGEST)
                .map(name -> new Scored(name, distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(scored -> scored.distance <= tolerance && scored.distance < wanted.length())
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .map(Scored::name)
                .distinct()
                .limit(MOST)
                .collect(Collectors.toList());
    }

    /** {@code did you mean 'a' or 'b'?}, or nothing where no name is near. */
    public static Optional<String> hint(String wanted, Collection<String> known) {
        List<String> near = near(wanted, known);
        return near.isEmpty()
                ? Optional.empty()
                : Optional.of("did you mean "
                        + near.stream().map(n -> "'" + n + "'").collect(Collectors.joining(" or ")) + "?");
    }

    /** The diagnostic with a hint at near names, or with {@code otherwise} where no name is near. */
    public static Diagnostic hinted(Diagnostic problem, String wanted, Collection<String> known, String otherwise) {
        return problem.withHint(hint(wanted, known).orElse(otherwise));
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from {@code a} to {@code b}. */
    static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            table[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            table[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                table[i][j] = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[a.length()][b.length()];
    }

    private record Scored(String name, int distance) {}
}

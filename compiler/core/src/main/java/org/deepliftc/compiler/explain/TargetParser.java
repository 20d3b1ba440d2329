package org.deepliftc.compiler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads weighted sums of neurons: {@code 1 - 0, 0.5 * [0, 1] + 2 * 7}. A sum begins with a minus only before a weight: -1
 * alone would be the last neuron to some.
 */
final class TargetParser {
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern NUMBER_TIMES = Pattern.compile(NUMBER.pattern() + "\\s*\\*");
    private static final Pattern WORD = Pattern.compile("sum|mean");

    private final String text;
    private int at;

    TargetParser(String text) {
        this.text = text;
    }

    Target neurons() {
        List<Target.Sum> sums = new ArrayList<>();
        do {
            sums.add(sum());
        } while (taken(','));
        if (at < text.length()) {
            throw malformed();
        }
        return new Target.Neurons(sums);
    }

    private Target.Sum sum() {
        List<Target.Term> terms = new ArrayList<>();
        int sign = taken('-') ? -1 : 1;
        while (true) {
            boolean weighted = sign < 0 && terms.isEmpty();
            terms.add(term(sign, weighted));
            if (taken('+')) {
                sign = 1;
            } else if (taken('-')) {
                sign = -1;
            } else {
                return new Target.Sum(terms);
            }
        }
    }

    private Target.Term term(int sign, boolean weighted) {
        if (weighted && !NUMBER_TIMES.matcher(text).region(at, text.length()).lookingAt()) {
            throw malformed();
        }
        if (taken('[')) {
            return new Target.Term(sign, position());
        }
        String word = next(WORD);
        if (!word.isEmpty()) {
            return new Target.Term(sign, new Target.Everything(word.equals("mean")));
        }
        String number = next(NUMBER);
        if (!taken('*')) {
            return new Target.Term(sign, new Target.Flat(index(number)));
        }
        double weight = number.isEmpty() ? Double.NaN : sign * Double.parseDouble(number);
        if (!Double.isFinite(weight)) {
            throw malformed();
        }
        if (taken('[')) {
            return new Target.Term(weight, position());
        }
        String all = next(WORD);
        return new Target.Term(
                weight,
                all.isEmpty() ? new Target.Flat(index(next(NUMBER))) : new Target.Everything(all.equals("mean")));
    }

    private Target.ByAxis position() {
        List<Integer> indices = new ArrayList<>();
        do {
            indices.add(index(next(NUMBER)));
        } while (taken(','));
        if (!taken(']')) {
            throw malformed();
        }
        return new Target.ByAxis(indices);
    }

    private int index(String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private boolean taken(char wanted) {
        skipBlanks();
        boolean here = at < text.length() && text.charAt(at) == wanted;
        at += here ? 1 : 0;
        skipBlanks();
        return here;
    }

    private String next(Pattern pattern) {
        skipBlanks();
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return "";
        }
        at = matcher.end();
        return matcher.group();
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "target '" + text + "' is none of: an index (3), several (0,3), a position by"
                        + " axis ([1,11]), a sum of these (1 - 0, 0.5*[0,1] + 2*7, mean), profile, profile-with-softmax, max,"
                        + " any");
    }
}

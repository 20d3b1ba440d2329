package org.deepliftc.compiler.print;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.deepliftc.compiler.check.BuiltinNames;

/** Names of the language made of those of a graph: each a legal identifier, no two alike. */
final class Names {
    private static final Set<String> RESERVED = Set.of("for", "in", "return");
    /** Words that begin statements: legal as names, but hard to read as those of definitions. */
    private static final Set<String> STATEMENTS =
            Set.of("import", "model", "function", "activation", "input", "weights", "output", "explain");

    private static final Pattern EXPORTED = Pattern.compile("_output_\\d+$|:\\d+$");
    private static final Pattern OPERATOR = Pattern.compile("[A-Z][A-Za-z0-9]*(_\\d+)?");

    private final Set<String> taken = new HashSet<>();

    /** {@code gata-cagatg} is GataCagatg. */
    static String model(String name) {
        StringBuilder joined = new StringBuilder();
        for (String word : identifier(name).split("_")) {
            if (!word.isEmpty()) {
                joined.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        boolean isName = joined.length() > 0 && Character.isLetter(joined.charAt(0));
        return isName ? joined.toString() : "Model" + joined;
    }

    /** The name of an input or output: the model's own, as far as it can be written. */
    String port(String name) {
        return unique(legal(identifier(name)));
    }

    /** The name of a definition. */
    String definition(String name, String function) {
        List<String> parts = parts(name);
        String last = parts.isEmpty() ? "" : parts.get(parts.size() - 1);
        boolean endsInOperator = parts.size() > 1 && OPERATOR.matcher(last).matches();
        String whole = identifier(String.join("_", parts));
        String layer = endsInOperator ? identifier(String.join("_", parts.subList(0, parts.size() - 1))) : whole;
        String chosen =
                endsInOperator && taken.contains(legal(layer)) ? layer + "_" + last.toLowerCase(Locale.ROOT) : layer;
        if (!endsInOperator && OPERATOR.matcher(chosen).matches()) {
            chosen = chosen.toLowerCase(Locale.ROOT);
        }
        boolean isNumber = chosen.replace("_", "").chars().allMatch(Character::isDigit);
        String readable = isNumber ? function + "_" + chosen.replace("_", "") : chosen;
        return unique(STATEMENTS.contains(readable) ? readable + "_" : legal(readable));
    }

    /** {@code /layer1/layer1.0/conv1/Conv_output_0} is layer1.0, conv1, Conv: scopes repeat what is around them. */
    private static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : EXPORTED.matcher(name).replaceAll("").split("/")) {
            String before = parts.isEmpty() ? "" : parts.get(parts.size() - 1);
            if (!before.isEmpty() && (part.startsWith(before + ".") || part.equals(before))) {
                parts.remove(parts.size() - 1);
            }
            if (!part.isEmpty() && !part.equals("StatefulPartitionedCall")) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Letters, digits and underscores; whatever stood between them is one underscore. */
    static String identifier(String name) {
        StringBuilder legal = new StringBuilder();
        for (int point : name.codePoints().limit(120).toArray()) {
            boolean fits = point == '_'
                    || Character.isLetter(point)
                    || Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER;
            boolean gap = legal.length() > 0 && legal.charAt(legal.length() - 1) == '_';
            if (fits) {
                legal.appendCodePoint(point);
            } else if (!gap && legal.length() > 0) {
                legal.append('_');
            }
        }
        while (legal.length() > 1 && legal.charAt(legal.length() - 1) == '_' && !name.endsWith("_")) {
            legal.setLength(legal.length() - 1);
        }
        boolean starts = legal.length() > 0 && (Character.isLetter(legal.codePointAt(0)) || legal.charAt(0) == '_');
        return starts ? legal.toString() : "_" + legal;
    }

    private static String legal(String identifier) {
        boolean unusable = RESERVED.contains(identifier) || BuiltinNames.isWord(identifier);
        return unusable ? identifier + "_" : identifier;
    }

    /** The name of a function the user defined, which must be none of the language's. */
    String function(String name) {
        String wanted = legal(identifier(name));
        String free = BuiltinNames.isFunction(wanted) ? wanted + "_" : wanted;
        String chosen = free;
        for (int i = 2; BuiltinNames.isFunction(chosen) || !taken.add("function " + chosen); i++) {
            chosen = free + "_" + i;
        }
        return chosen;
    }

    private String unique(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }
}

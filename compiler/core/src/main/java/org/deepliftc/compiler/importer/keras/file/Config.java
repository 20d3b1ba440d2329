package org.deepliftc.compiler.importer.keras.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a configuration: an object, a list, a text, a number, true, false or null. Asking for another kind of value
 * than is there is a {@link KerasFileException} that names the place.
 */
public final class Config {
    private final String place;
    private final Object value;

    private Config(String place, Object value) {
        this.place = place;
        this.value = value;
    }

    /** @param value maps, lists, strings, numbers and booleans, or null */
    static Config of(Object value) {
        return new Config("", value);
    }

    private KerasFileException isNo(String wanted) {
        String shown = String.valueOf(value);
        return new KerasFileException(
                "the configuration has no " + wanted + " at '" + place + "' but "
                        + (shown.length() > 40 ? shown.substring(0, 40) + "..." : shown),
                "save the model again with Keras");
    }

    /** True for the value null, and for what is not there. */
    public boolean isNull() {
        return value == null;
    }

    public boolean isList() {
        return value instanceof List;
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isText() {
        return value instanceof String;
    }

    public boolean isNumber() {
        return value instanceof Number;
    }

    /** The value of a key; null where it has none. */
    public Config at(String key) {
        if (!(value instanceof Map)) {
            throw isNo("object");
        }
        return new Config(place.isEmpty() ? key : place + "." + key, ((Map<?, ?>) value).get(key));
    }

    /** The entries of a list. */
    public List<Config> list() {
        if (!(value instanceof List)) {
            throw isNo("list");
        }
        List<Config> entries = new ArrayList<>();
        for (Object entry : (List<?>) value) {
            entries.add(new Config(place + "[" + entries.size() + "]", entry));
        }
        return entries;
    }

    /** The values of an object, in order. */
    public List<Config> values() {
        if (!(value instanceof Map)) {
            throw isNo("object");
        }
        List<Config> all = new ArrayList<>();
        ((Map<?, ?>) value).forEach((key, each) -> all.add(new Config(place + "." + key, each)));
        return all;
    }

    public String text() {
        if (!(value instanceof String)) {
            throw isNo("text");
        }
        return (String) value;
    }

    public double real() {
        if (!(value instanceof Number) || !Double.isFinite(((Number) value).doubleValue())) {
            throw isNo("number");
        }
        return ((Number) value).doubleValue();
    }

    public int integer() {
        double number = real();
        if (number != Math.rint(number) || Math.abs(number) > 1 << 30) {
            throw isNo("sensible whole number");
        }
        return (int) number;
    }

    public String text(String key, String otherwise) {
        return at(key).isNull() ? otherwise : at(key).text();
    }

    public double real(String key, double otherwise) {
        return at(key).isNull() ? otherwise : at(key).real();
    }

    public int integer(String key, int otherwise) {
        return at(key).isNull() ? otherwise : at(key).integer();
    }

    public boolean flag(String key, boolean otherwise) {
        Config flag = at(key);
        if (flag.isNull()) {
            return otherwise;
        }
        if (!(flag.value instanceof Boolean)) {
            throw flag.isNo("true or false");
        }
        return (Boolean) flag.value;
    }

    /** A list of whole numbers, or one number for each of {@code count}. */
    public Optional<List<Integer>> integers(String key, int count) {
        Config written = at(key);
        if (written.isNull()) {
            return Optional.empty();
        }
        if (written.isNumber()) {
            return Optional.of(java.util.Collections.nCopies(count, written.integer()));
        }
        List<Integer> numbers = written.list().stream().map(Config::integer).toList();
        if (numbers.size() != count) {
            throw written.isNo("list of " + count + " numbers");
        }
        return Optional.of(numbers);
    }
}

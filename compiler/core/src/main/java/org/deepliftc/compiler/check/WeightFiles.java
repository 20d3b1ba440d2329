package org.deepliftc.compiler.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Shape;

/** The tensors of all weights files of a model, by name; {@code alias:name} names one in the file of that alias. */
final class WeightFiles {
    /** One tensor of one file. */
    record Stored(String file, WeightSource source, String name) {
        /** {@code 'conv1.weight'}. */
        String quoted() {
            return "'" + name + "'";
        }
    }

    private record Opened(String file, Optional<String> alias, WeightSource source, Set<String> names) {}

    private final List<Opened> files = new ArrayList<>();
    private final Map<Stored, ConstantData> read = new LinkedHashMap<>();
    private boolean unopened;

    void add(String file, Optional<String> alias, WeightSource source) {
        files.add(new Opened(file, alias, source, new TreeSet<>(source.names())));
    }

    /** Notes that a file could not be opened: what is missing from now on may have been in it. */
    void addUnopened() {
        unopened = true;
    }

    boolean isEmpty() {
        return files.isEmpty() && !unopened;
    }

    Optional<Stored> find(String name, SourceSpan span) {
        List<Stored> found = new ArrayList<>();
        for (Opened file : files) {
            String local = localName(file, name);
            if (file.names.contains(local)) {
                found.add(new Stored(file.file, file.source, local));
            }
        }
        if (found.size() > 1) {
            throw Failure.of(
                    Problem.WEIGHT005,
                    span,
                    "'" + name + "' is in " + found.stream().map(Stored::file).collect(Collectors.joining(" and in ")),
                    "give the files an alias (weights a = \"...\") and write \"a:" + name + "\"");
        }
        return found.stream().findFirst();
    }

    private static String localName(Opened file, String name) {
        return file.alias
                .filter(alias -> name.startsWith(alias + ":"))
                .map(alias -> name.substring(alias.length() + 1))
                .orElse(name);
    }

    /** The failure of a tensor none of the files has. */
    Failure missing(String what, String name, List<String> alternatives, SourceSpan span) {
        if (unopened) {
            return Failure.consequence();
        }
        if (files.isEmpty()) {
            return Failure.of(
                    Problem.WEIGHT001,
                    span,
                    what + ": needs tensor '" + name + "', but the model names no weights file",
                    "add a line such as: weights \"model.safetensors\"");
        }
        String where = files.stream().map(Opened::file).collect(Collectors.joining(" and "));
        Collection<String> known =
                files.stream().flatMap(f -> f.names.stream()).collect(Collectors.toCollection(TreeSet::new));
        String tried = alternatives.isEmpty() ? "" : " (nor " + String.join(", ", alternatives) + ")";
        String listed = known.isEmpty()
                ? "the file holds no tensors"
                : "the file holds " + known.stream().limit(8).collect(Collectors.joining(", "))
                        + (known.size() > 8 ? ", ... (" + known.size() + " tensors)" : "");
        return Failure.of(Suggestions.hinted(
                Problem.WEIGHT001.at(span, what + ": no tensor '" + name + "'" + tried + " in " + where),
                name,
                known,
                listed));
    }

    Shape shape(Stored tensor, SourceSpan span) {
        try {
            return tensor.source.shape(tensor.name);
        } catch (IllegalArgumentException e) {
            throw unreadable(tensor, span, e.getMessage());
        } catch (IOException e) {
            throw unreadable(tensor, span, ModelFolder.reason(e));
        }
    }

    /** The values, read once; every one of them is finite, as a float too. */
    ConstantData read(Stored tensor, SourceSpan span) {
        ConstantData known = read.get(tensor);
        if (known != null) {
            return known;
        }
        Shape shape = shape(tensor, span);
        double[] values;
        try {
            values = tensor.source.read(tensor.name);
        } catch (IOException e) {
            throw unreadable(tensor, span, ModelFolder.reason(e));
        }
        if (values.length != shape.size()) {
            throw unreadable(tensor, span, values.length + " values for shape " + shape);
        }
        requireFinite(tensor, values, span);
        ConstantData data = ConstantData.real(shape, values);
        read.put(tensor, data);
        return data;
    }

    private static Failure unreadable(Stored tensor, SourceSpan span, String reason) {
        return Failure.of(
                Problem.WEIGHT004,
                span,
                "tensor " + tensor.quoted() + " of " + tensor.file + " cannot be read: " + reason);
    }

    private static void requireFinite(Stored tensor, double[] values, SourceSpan span) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite((float) values[i])) {
                throw Failure.of(
                        Problem.WEIGHT003,
                        span,
                        "tensor " + tensor.quoted() + " of " + tensor.file + " holds " + described(values[i])
                                + " at flat index " + i,
                        "no explanation of such a model means anything: train or export it again");
            }
        }
    }

    private static String described(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return Double.isInfinite(value) ? "infinity" : value + ", which is infinity as a float,";
    }

    /** What was read, in order, for the digest of the model. */
    Map<Stored, ConstantData> used() {
        return read;
    }

    /** Closes all files; what was read stays. */
    void close() {
        for (Opened file : files) {
            try {
                file.source.close();
            } catch (IOException e) {
                // everything needed has been read; a file that does not close harms nobody
            }
        }
    }
}

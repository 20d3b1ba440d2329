package org.deepliftc.compiler.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deepliftc.compiler.graph.Shape;

/**
 * Weights that a test lists as text, one tensor a line: {@code conv1.weight [20, 4, 15]}, filled with a sequence of
 * numbers, or {@code out.bias [2] = 0.5 nan}.
 */
public final class ListedWeights implements WeightSource {
    private static final Pattern LINE = Pattern.compile("\\s*(\\S+)\\s*\\[([0-9, ]*)](?:\\s*=\\s*(.*))?");

    private record Tensor(Shape shape, List<String> values) {}

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    public static ListedWeights of(String listing) {
        ListedWeights weights = new ListedWeights();
        listing.lines().filter(line -> !line.isBlank()).forEach(weights::add);
        return weights;
    }

    /** Opens files that hold such a list. */
    public static WeightSource open(Path file) throws IOException {
        try {
            return of(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void add(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not 'name [shape]': " + line);
        }
        List<Integer> dims = Pattern.compile(",")
                .splitAsStream(matcher.group(2))
                .map(String::trim)
                .filter(s -> !s.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toList());
        List<String> values = matcher.group(3) == null
                ? List.of()
                : List.of(matcher.group(3).trim().split("\\s+"));
        tensors.put(matcher.group(1), new Tensor(new Shape(dims), values));
    }

    @Override
    public Collection<String> names() {
        return tensors.keySet();
    }

    @Override
    public Shape shape(String name) {
        return tensors.get(name).shape;
    }

    @Override
    public double[] read(String name) {
        Tensor tensor = tensors.get(name);
        return IntStream.range(0, tensor.shape.size())
                .mapToDouble(i -> tensor.values.isEmpty()
                        ? 0.25 + (i % 7) * 0.125
                        : number(tensor.values.get(Math.min(i, tensor.values.size() - 1))))
                .toArray();
    }

    private static double number(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    @Override
    public void close() {
        // nothing is open
    }
}

package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;

/**
 * Einstein's sum convention for one or two operands: letters of both operands that the result keeps are axes of a stack
 * of matrices, those that it drops are summed over, the others are rows and columns.
 */
final class Einsum {
    private final Call call;
    private final List<String> letters;
    private final String result;

    private Einsum(Call call, List<String> letters, String result) {
        this.call = call;
        this.letters = letters;
        this.result = result;
    }

    static Value translate(Call call) {
        String equation = call.text("equation", "").replace(" ", "");
        String[] sides = equation.split("->", -1);
        List<String> letters = List.of(sides[0].split(",", -1));
        boolean plain = (sides[0] + (sides.length > 1 ? sides[1] : "")).matches("[A-Za-z,]*");
        boolean once = letters.stream().allMatch(s -> s.chars().distinct().count() == s.length());
        if (!plain || !once || sides.length > 2 || letters.size() != call.inputs() || letters.size() > 2) {
            throw call.unsupported(
                    "sums by '" + equation + "'", "one or two operands, each letter once in an operand, no dots");
        }
        String result = sides.length > 1 ? sides[1] : implied(sides[0]);
        return new Einsum(call, letters, result).run();
    }

    /** The letters that occur once, in the order of the alphabet. */
    private static String implied(String operands) {
        StringBuilder once = new StringBuilder();
        operands.chars()
                .filter(c -> c != ',' && operands.indexOf(c) == operands.lastIndexOf(c))
                .sorted()
                .forEach(c -> once.append((char) c));
        return once.toString();
    }

    private record Operand(Node node, String letters) {
        int extent(char letter) {
            return node.shape().dim(letters.indexOf(letter));
        }
    }

    private Value run() {
        List<Operand> operands = new ArrayList<>();
        String kept = result;
        Batch batch = Batch.NONE;
        for (int i = 0; i < letters.size(); i++) {
            Computed x = call.x(i);
            String names = letters.get(i);
            if (names.length() != x.rank()) {
                throw call.unsupported("names " + names.length() + " axes of " + x.rank(), "export the model again");
            }
            if (!x.batch().isNone()) {
                char examples = names.charAt(x.batch().axis());
                boolean alike = batch.isNone() || result.charAt(batch.axis()) == examples;
                if (!x.batch().isOwnAxis() || result.indexOf(examples) < 0 || !alike) {
                    throw ImportFailure.mixing("sums over the axis of the examples");
                }
                batch = Batch.at(result.indexOf(examples), x.batch().extent());
                names = names.replace(String.valueOf(examples), "");
                kept = result.replace(String.valueOf(examples), "");
            }
            operands.add(new Operand(x.node(), names));
        }
        Operand whole = operands.size() == 1 ? operands.get(0) : product(operands.get(0), operands.get(1), kept);
        return new Computed(arranged(call, summed(whole, kept), kept), batch);
    }

    private static String filter(String letters, String in, boolean wanted) {
        StringBuilder chosen = new StringBuilder();
        for (char letter : letters.toCharArray()) {
            if (in.indexOf(letter) >= 0 == wanted) {
                chosen.append(letter);
            }
        }
        return chosen.toString();
    }

    private Operand summed(Operand x, String kept) {
        String dropped = filter(x.letters(), kept, false);
        if (dropped.isEmpty()) {
            return x;
        }
        List<Integer> axes =
                dropped.chars().map(x.letters()::indexOf).sorted().boxed().toList();
        Node sum = call.step("sum", new Op.Reduce(Op.ReduceKind.SUM, axes, false), x.node());
        return new Operand(sum, filter(x.letters(), kept, true));
    }

    private Operand product(Operand left, Operand right, String kept) {
        Operand a = summed(left, kept + right.letters());
        Operand b = summed(right, kept + left.letters());
        String common = filter(a.letters(), b.letters(), true);
        String stack = filter(common, kept, true);
        String inner = filter(common, kept, false);
        String rows = filter(a.letters(), common, false);
        String columns = filter(b.letters(), common, false);
        Node first = matrices(a, stack, rows, inner);
        Node second = matrices(b, stack, inner, columns);
        Node matrix = call.step("matrix", new Op.MatMul(false, false), first, second);
        List<Integer> dims = new ArrayList<>();
        for (char letter : (stack + rows).toCharArray()) {
            dims.add(a.extent(letter));
        }
        for (char letter : columns.toCharArray()) {
            dims.add(b.extent(letter));
        }
        return new Operand(call.reshaped("axes", matrix, new Shape(dims)), stack + rows + columns);
    }

    /** {@code [stack..., rows, columns]}, the letters of each of the last two flattened. */
    private Node matrices(Operand x, String stack, String rows, String columns) {
        Node ordered = arranged(call.forPart("ordered"), x, stack + rows + columns);
        List<Integer> dims = new ArrayList<>();
        for (char letter : stack.toCharArray()) {
            dims.add(x.extent(letter));
        }
        dims.add(size(x, rows));
        dims.add(size(x, columns));
        return call.reshaped("matrices", ordered, new Shape(dims));
    }

    private static int size(Operand x, String letters) {
        int size = 1;
        for (char letter : letters.toCharArray()) {
            size = Math.multiplyExact(size, x.extent(letter));
        }
        return size;
    }

    private static Node arranged(Call call, Operand x, String order) {
        if (!order.chars().allMatch(c -> x.letters().indexOf(c) >= 0)) {
            throw call.unsupported(
                    String.format(Locale.ROOT, "makes '%s' of '%s'", order, x.letters()), "export the model again");
        }
        List<Integer> permutation =
                order.chars().map(x.letters()::indexOf).boxed().toList();
        List<Integer> sorted = permutation.stream().sorted().toList();
        return sorted.equals(permutation) ? x.node() : call.result(new Op.Transpose(permutation), x.node());
    }
}

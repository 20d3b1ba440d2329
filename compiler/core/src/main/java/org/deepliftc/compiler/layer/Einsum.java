package org.deepliftc.compiler.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * Sums of products by letters, one for each axis: {@code "bij,bjk->bik"}. Of two tensors it is one matrix product between
 * transposes: letters of both and of the result number the matrices, those of both alone are summed over.
 */
public final class Einsum {
    private final Nodes nodes;
    private final Map<Character, Integer> extents = new LinkedHashMap<>();

    public Einsum(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * Adds the nodes.
     *
     * @throws IllegalArgumentException whose message says what is wrong with the equation
     */
    public Node of(String equation, List<Node> operands) {
        String[] sides = equation.replace(" ", "").split("->", -1);
        String[] terms = sides[0].split(",", -1);
        require(sides.length == 2, "an equation reads \"ij,jk->ik\": letters for each axis, an arrow, those that stay");
        require(
                terms.length == operands.size(),
                terms.length + " operands in the equation, " + operands.size() + " given");
        require(terms.length <= 2, "more than two operands are products of products: write one after the other");
        for (int i = 0; i < terms.length; i++) {
            read(terms[i], operands.get(i).shape());
        }
        String result = sides[1];
        require(distinct(result), "a letter occurs twice behind the arrow");
        require(result.chars().allMatch(c -> extents.containsKey((char) c)), "a letter behind the arrow is new there");
        if (terms.length == 1) {
            return moved("", summed("sum", operands.get(0), terms[0], result), kept(terms[0], result), result);
        }
        return product(terms[0], terms[1], result, operands);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static boolean distinct(String letters) {
        return letters.chars().distinct().count() == letters.length();
    }

    private void read(String term, Shape shape) {
        require(
                term.length() == shape.rank(),
                "'" + term + "' names " + term.length() + " axes, the operand is " + shape);
        require(distinct(term), "'" + term + "' takes a diagonal, which is not supported");
        for (int axis = 0; axis < term.length(); axis++) {
            char letter = term.charAt(axis);
            require(Character.isLetter(letter), "'" + letter + "' is no letter");
            Integer known = extents.putIfAbsent(letter, shape.dim(axis));
            require(
                    known == null || known == shape.dim(axis),
                    "'" + letter + "' is " + known + " in one place and " + shape.dim(axis) + " in another");
        }
    }

    private static String kept(String term, String wanted) {
        return only(term, letter -> wanted.indexOf(letter) >= 0);
    }

    private static String only(String term, java.util.function.IntPredicate wanted) {
        StringBuilder letters = new StringBuilder();
        term.chars().filter(wanted).forEach(c -> letters.append((char) c));
        return letters.toString();
    }

    /** Sums over the letters that are not wanted. */
    private Node summed(String role, Node x, String term, String wanted) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < term.length(); axis++) {
            if (wanted.indexOf(term.charAt(axis)) < 0) {
                axes.add(axis);
            }
        }
        return axes.isEmpty() ? x : nodes.add(role, new Op.Reduce(Op.ReduceKind.SUM, axes, false), x);
    }

    private Node moved(String role, Node x, String from, String to) {
        List<Integer> permutation = to.chars().mapToObj(from::indexOf).toList();
        return nodes.add(role, new Op.Transpose(permutation), x);
    }

    private Shape shape(String... groups) {
        List<Integer> dims = new ArrayList<>();
        for (String group : groups) {
            int size = 1;
            for (int i = 0; i < group.length(); i++) {
                size = Math.multiplyExact(size, extents.get(group.charAt(i)));
            }
            dims.add(size);
        }
        return new Shape(dims);
    }

    private Node product(String left, String right, String result, List<Node> operands) {
        Node a = summed("left.sum", operands.get(0), left, right + result);
        Node b = summed("right.sum", operands.get(1), right, left + result);
        String ofLeft = kept(left, right + result);
        String ofRight = kept(right, left + result);
        String batch = only(ofLeft, c -> ofRight.indexOf(c) >= 0 && result.indexOf(c) >= 0);
        String inner = only(ofLeft, c -> ofRight.indexOf(c) >= 0 && result.indexOf(c) < 0);
        String rows = only(ofLeft, c -> ofRight.indexOf(c) < 0);
        String columns = only(ofRight, c -> ofLeft.indexOf(c) < 0);
        Node first = nodes.add(
                "left",
                new Op.Reshape(shape(batch, rows, inner)),
                moved("left.moved", a, ofLeft, batch + rows + inner));
        Node second = nodes.add(
                "right",
                new Op.Reshape(shape(batch, inner, columns)),
                moved("right.moved", b, ofRight, batch + inner + columns));
        Node matrices = nodes.add("product", new Op.MatMul(false, false), first, second);
        String order = batch + rows + columns;
        List<Integer> dims = order.chars().mapToObj(c -> extents.get((char) c)).toList();
        return moved("", nodes.add("axes", new Op.Reshape(new Shape(dims)), matrices), order, result);
    }
}

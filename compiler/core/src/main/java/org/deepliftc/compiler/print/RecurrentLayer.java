package org.deepliftc.compiler.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.GraphDigest;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.layer.Gru;
import org.deepliftc.compiler.layer.Lstm;
import org.deepliftc.compiler.layer.Nodes;
import org.deepliftc.compiler.layer.Recurrence;
import org.deepliftc.compiler.layer.Recurrent;
import org.deepliftc.compiler.layer.RecurrentWeights;
import org.deepliftc.compiler.layer.Rnn;

/**
 * The layer that a recurrence was made from. What the parts of a step are called only suggests it: it counts where building
 * that layer again gives the same step and the same products in front.
 */
record RecurrentLayer(Recurrent kind, RecurrentWeights weights, Node sequence, List<Node> initial, boolean reversed) {
    private static final List<Kind> SPELLED =
            List.of(Kind.TANH, Kind.SIGMOID, Kind.RELU, Kind.SOFTSIGN, Kind.SOFTPLUS, Kind.ELU, Kind.SELU);

    /** The layer behind a recurrence, if it has a form in the language. */
    static Optional<RecurrentLayer> of(Node scan) {
        try {
            return new Reading(scan).layer().filter(layer -> layer.makes(scan));
        } catch (Unlike e) {
            return Optional.empty();
        }
    }

    /** Ends the reading of a step that no layer of the language makes. */
    private static final class Unlike extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unlike() {
            super("no layer of the language", null, false, false);
        }
    }

    int units() {
        return weights.units();
    }

    /** The product of a gate with the sequence, as an input of the recurrence. */
    static List<Node> products(Node scan) {
        return scan.inputs()
                .subList(((Op.Scan) scan.op()).body().carried(), scan.inputs().size());
    }

    private boolean makes(Node scan) {
        ScanBody body = ((Op.Scan) scan.op()).body();
        Scratch scratch = new Scratch(new GraphBuilder());
        Node given = scratch.add("sequence", new Op.Input(Op.Role.ACTUAL, 0, sequence.shape(), ElementType.REAL));
        List<Optional<Node>> none = new ArrayList<>();
        initial.forEach(state -> none.add(Optional.empty()));
        Node again = new Recurrence(scratch, kind, weights, given, none, reversed).states(0, "states");
        ScanBody made = ((Op.Scan) again.op()).body();
        for (int i = 0; i < kind.states(); i++) {
            String next = ScanBody.next(i);
            if (!GraphDigest.step(new Op.Scan(body, next)).equals(GraphDigest.step(new Op.Scan(made, next)))) {
                return false;
            }
        }
        List<Node> own = products(scan);
        List<Node> others = products(again);
        for (int k = 0; k < own.size(); k++) {
            List<Node> constants = own.get(k).inputs();
            for (int i = 1; i < constants.size(); i++) {
                String digest = constants.get(i).constant().digest();
                if (!digest.equals(others.get(k).input(i).constant().digest())) {
                    return false;
                }
            }
        }
        return true;
    }

    private record Scratch(GraphBuilder builder) implements Nodes {
        @Override
        public String name() {
            return "again";
        }

        @Override
        public Node add(String role, Op op, Node... inputs) {
            return builder.add(op, List.of(inputs), role, SourceSpan.NONE);
        }

        @Override
        public Node constant(String role, ConstantData data) {
            return builder.constant(data, role);
        }
    }

    // ---- text ---------------------------------------------------------------------------------------------------

    /** {@code lstm} and its like. */
    String function() {
        return kind.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    /** The arguments that say how it works, each with a comma in front. */
    String settings() {
        String settings = ", units = " + units() + (reversed ? ", direction = \"reverse\"" : "");
        if (kind instanceof Lstm lstm) {
            return settings + gate(lstm.gate()) + activation(lstm.candidate());
        }
        if (kind instanceof Gru gru) {
            return settings
                    + (gru.resetAfter() ? "" : ", reset_after = false")
                    + gate(gru.gate())
                    + activation(gru.candidate());
        }
        return settings + activation(((Rnn) kind).activation());
    }

    private static String gate(Activation activation) {
        return activation.equals(Activation.of(Kind.SIGMOID))
                ? ""
                : ", gate_activation = \"" + activation.name() + "\"";
    }

    private static String activation(Activation activation) {
        return activation.equals(Activation.of(Kind.TANH)) ? "" : ", activation = \"" + activation.name() + "\"";
    }

    // ---- reading ------------------------------------------------------------------------------------------------

    /** Takes a step apart by what its nodes are called. */
    private static final class Reading {
        private final Node scan;
        private final ScanBody body;

        Reading(Node scan) {
            this.scan = scan;
            this.body = ((Op.Scan) scan.op()).body();
        }

        Optional<RecurrentLayer> layer() {
            Recurrent kind = kind();
            String letters = kind.order().order();
            List<Node> products = products(scan);
            List<ConstantData> input = new ArrayList<>();
            List<ConstantData> recurrent = new ArrayList<>();
            List<ConstantData> bias = new ArrayList<>();
            for (int k = 0; k < letters.length(); k++) {
                Node product = products.get(k);
                boolean isLayer = product.op().equals(new Op.Dense(Op.Direction.FORWARD))
                        && product.input(0) == products.get(0).input(0)
                        && product.inputs().stream().skip(1).allMatch(Node::isConstant);
                require(isLayer);
                input.add(product.input(1).constant());
                product.inputs().stream().skip(2).forEach(b -> bias.add(b.constant()));
                recurrent.add(weight(letters.charAt(k)));
            }
            require(bias.isEmpty() || bias.size() == letters.length());
            Node sequence = products.get(0).input(0);
            require(!sequence.isConstant());
            RecurrentWeights weights = new RecurrentWeights(
                    kind.order(),
                    stacked(input),
                    stacked(recurrent),
                    bias.isEmpty() ? Optional.empty() : Optional.of(stacked(bias)),
                    recurrentBias(kind, letters.length()));
            return Optional.of(new RecurrentLayer(
                    kind, weights, sequence, scan.inputs().subList(0, body.carried()), body.reversed()));
        }

        private static void require(boolean condition) {
            if (!condition) {
                throw new Unlike();
            }
        }

        private Node part(String role) {
            String name = body.graph().name() + ".step." + role;
            return body.graph().nodes().stream()
                    .filter(node -> node.name().equals(name))
                    .findFirst()
                    .orElseThrow(Unlike::new);
        }

        private Activation function(String role) {
            require(part(role).op() instanceof Op.Elementwise);
            Activation activation = ((Op.Elementwise) part(role).op()).activation();
            boolean isSpelled = activation instanceof Activation.Builtin builtin
                    && SPELLED.contains(builtin.kind())
                    && activation.equals(Activation.of(builtin.kind()));
            require(isSpelled);
            return activation;
        }

        private Recurrent kind() {
            if (body.carried() == 2 && body.scanned() == 4) {
                require(function("c").equals(function("squashed")));
                return new Lstm(function("i"), function("c"), function("squashed"));
            }
            if (body.carried() == 1 && body.scanned() == 3) {
                boolean resetAfter = dense('h').input(0).op() instanceof Op.Input;
                return new Gru(function("r"), function("h"), resetAfter);
            }
            require(body.carried() == 1 && body.scanned() == 1);
            return new Rnn(function("hidden"));
        }

        private Node dense(char letter) {
            Node dense = part(letter + ".recurrent");
            require(dense.op() instanceof Op.Dense
                    && dense.inputs().stream().skip(1).allMatch(Node::isConstant));
            return dense;
        }

        private ConstantData weight(char letter) {
            return dense(letter).input(1).constant();
        }

        /** That of a reset after the product; of the other gates -0, which changes no number it is added to. */
        private Optional<ConstantData> recurrentBias(Recurrent kind, int gates) {
            if (!(kind instanceof Gru) || dense('h').inputs().size() < 3) {
                return Optional.empty();
            }
            double[] own = dense('h').input(2).constant().toArray();
            double[] all = new double[gates * own.length];
            Arrays.fill(all, -0.0);
            System.arraycopy(own, 0, all, kind.order().order().indexOf('h') * own.length, own.length);
            return Optional.of(ConstantData.real(Shape.of(all.length), all));
        }

        private static ConstantData stacked(List<ConstantData> parts) {
            Shape shape = parts.get(0).shape();
            double[] all = new double[parts.size() * shape.size()];
            for (int k = 0; k < parts.size(); k++) {
                require(parts.get(k).shape().equals(shape));
                System.arraycopy(parts.get(k).toArray(), 0, all, k * shape.size(), shape.size());
            }
            return ConstantData.real(shape.with(0, parts.size() * shape.dim(0)), all);
        }
    }
}

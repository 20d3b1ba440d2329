package org.deepliftc.compiler.optimize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Finds the {@link ConstantStep} next to a {@link Linear} node, with nothing but moves between that nobody else reads,
 * and that treats every position of a channel alike.
 */
final class ChannelSteps {
    /** What lies around a value that was put into a larger one. */
    private static final double OUTSIDE = Double.NaN;

    private final Uses uses;
    private final Op.BinaryKind kind;

    ChannelSteps(Uses uses, Op.BinaryKind kind) {
        this.uses = uses;
        this.kind = kind;
    }

    /**
     * A step and what it does to each channel of the node beside it.
     *
     * @param step the node that makes the step
     * @param channels its constant for each channel
     */
    record Found(Node step, double[] channels) {}

    /** The step beside {@code linear} on the side whose channels are {@code side}. */
    Optional<Found> beside(Linear linear, Linear.Side side) {
        return linear.reads(side) ? before(linear, linear.channels(side)) : after(linear, linear.channels(side));
    }

    private Optional<Found> before(Linear linear, int channels) {
        Deque<Node> moves = new ArrayDeque<>();
        Node at = linear.node().input(0);
        while (isMove(at.op()) && uses.only(at).isPresent()) {
            moves.push(at);
            at = at.input(0);
        }
        Optional<ConstantStep> step = uses.only(at).isPresent() ? step(at) : Optional.empty();
        if (step.isEmpty()) {
            return Optional.empty();
        }
        ConstantData value = step.get().whole();
        for (Node move : moves) {
            value = moved(move, value);
        }
        ConstantData numbers = linear.channelNumbers(linear.node().input(0).shape());
        return found(at, numbers, value, channels);
    }

    private Optional<Found> after(Linear linear, int channels) {
        List<Node> moves = new ArrayList<>();
        Optional<Node> user = uses.only(linear.node());
        while (user.isPresent() && isMove(user.get().op())) {
            moves.add(user.get());
            user = uses.only(user.get());
        }
        Optional<ConstantStep> step = user.flatMap(this::step);
        if (step.isEmpty()) {
            return Optional.empty();
        }
        ConstantData numbers = linear.channelNumbers(linear.node().shape());
        for (Node move : moves) {
            numbers = moved(move, numbers);
        }
        return found(user.get(), numbers, step.get().whole(), channels);
    }

    private Optional<ConstantStep> step(Node node) {
        return ConstantStep.of(node).filter(s -> s.kind() == kind);
    }

    /** A product reaches past zeros around a value; a sum does not. */
    private boolean isMove(Op op) {
        boolean scale = kind == Op.BinaryKind.MULTIPLY;
        return op instanceof Op.Reshape
                || op instanceof Op.Slice
                || op instanceof Op.Embed embed && scale && embed.value() == 0;
    }

    private static ConstantData moved(Node move, ConstantData value) {
        Op op = move.op();
        if (op instanceof Op.Embed embed) {
            op = new Op.Embed(embed.starts(), embed.steps(), embed.shape(), OUTSIDE);
        }
        return Linear.moved(op, value, move.shape());
    }

    /** The value of each channel, where it has one; channels that are not seen keep what they are. */
    private Optional<Found> found(Node step, ConstantData numbers, ConstantData values, int channels) {
        double[] perChannel = new double[channels];
        Arrays.fill(perChannel, OUTSIDE);
        for (int i = 0; i < numbers.size(); i++) {
            double number = numbers.at(i);
            double value = values.at(i);
            if (Double.isNaN(number) || Double.isNaN(value)) {
                continue;
            }
            double known = perChannel[(int) number];
            if (!Double.isNaN(known) && known != value) {
                return Optional.empty();
            }
            perChannel[(int) number] = value;
        }
        double neutral = kind == Op.BinaryKind.MULTIPLY ? 1 : 0;
        for (int c = 0; c < channels; c++) {
            perChannel[c] = Double.isNaN(perChannel[c]) ? neutral : perChannel[c];
        }
        return Optional.of(new Found(step, perChannel));
    }
}

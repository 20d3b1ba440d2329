package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.Value.Sequence;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** Lists of tensors. Which tensor stands where is known when importing, so that nothing of them is left in the graph. */
final class SequenceOperators {
    private SequenceOperators() {}

    static void list(Operators table) {
        table.add("SequenceEmpty", call -> new Sequence(List.of()));
        table.add("SequenceConstruct", SequenceOperators::construct);
        table.add("SequenceAt", "constant position", SequenceOperators::at);
        table.add("SequenceInsert", "constant position", SequenceOperators::insert);
        table.add("SequenceErase", "constant position", SequenceOperators::erase);
        table.add("SequenceLength", SequenceOperators::length);
        table.add("SplitToSequence", "constant sizes", SequenceOperators::split);
        table.add("ConcatFromSequence", SequenceOperators::concat);
    }

    private static List<Value> elements(Call call) {
        if (call.value(0) instanceof Sequence sequence) {
            return new ArrayList<>(sequence.elements());
        }
        throw call.unsupported("reads a tensor as a sequence", "the file is not valid ONNX; export the model again");
    }

    private static Value construct(Call call) {
        List<Value> elements = new ArrayList<>();
        for (int i = 0; i < call.inputs(); i++) {
            elements.add(call.value(i));
        }
        return new Sequence(elements);
    }

    /** A position counted from the front; without one the last. */
    private static int position(Call call, int input, int places) {
        long written = call.has(input) ? (long) call.known(input, "position").at(0) : places - 1L;
        if (written < -places || written >= places) {
            throw call.unsupported("names position " + written + " of " + places, "export the model again");
        }
        return (int) (written < 0 ? written + places : written);
    }

    private static Value at(Call call) {
        List<Value> elements = elements(call);
        return elements.get(position(call, 1, elements.size()));
    }

    private static Value insert(Call call) {
        List<Value> elements = elements(call);
        int last = elements.size();
        long written = call.has(2) ? (long) call.known(2, "position").at(0) : last;
        // -1 is in front of the last element, and the end is a place too
        elements.add(written == last ? last : position(call, 2, last), call.value(1));
        return new Sequence(elements);
    }

    private static Value erase(Call call) {
        List<Value> elements = elements(call);
        elements.remove(position(call, 1, elements.size()));
        return new Sequence(elements);
    }

    private static Value length(Call call) {
        double count = elements(call).size();
        return ShapeOperators.known(call, Tensor.scalar(ElementKind.INT64, count));
    }

    /** Parts of given sizes, of one given size, or of single positions, which may lose their axis. */
    private static Value split(Call call) {
        Computed x = call.x(0);
        int axis = call.axis(call.integer("axis", 0), x.rank());
        Computed along = Examples.along(call.forPart("example"), x, axis);
        long extent = along.dims().get(axis);
        List<Long> sizes = new ArrayList<>();
        Optional<Tensor> given = call.has(1) ? Optional.of(call.known(1, "split")) : Optional.empty();
        if (given.isPresent() && !given.get().dims().isEmpty()) {
            sizes.addAll(given.get().toIntegers());
        } else {
            long each = given.map(size -> (long) size.at(0)).orElse(1L);
            for (long rest = extent; rest > 0 && each > 0; rest -= each) {
                sizes.add(Math.min(each, rest));
            }
        }
        List<Value> parts = SelectionOperators.parts(call, i -> call.forPart("part"), along, axis, sizes);
        if (given.isEmpty() && !call.flag("keepdims", true)) {
            parts.replaceAll(part -> without((Computed) part, call, axis));
        }
        return new Sequence(parts);
    }

    private static Value without(Computed part, Call call, int axis) {
        List<Long> to = new ArrayList<>(part.dims());
        to.remove(axis);
        int shift = axis < part.batch().axis() ? 1 : 0;
        Batch batch = part.batch().moved(part.batch().axis() - shift);
        return new Computed(call.reshaped("part", part.node(), batch.node(to)), batch);
    }

    private static Value concat(Call call) {
        List<Computed> parts = new ArrayList<>();
        for (Value element : elements(call)) {
            parts.add(call.computed(element));
        }
        if (parts.isEmpty()) {
            throw call.unsupported("joins nothing", "export the model without empty sequences");
        }
        boolean stacks = call.flag("new_axis", false);
        int axis = call.axis(call.integer("axis", 0), parts.get(0).rank() + (stacks ? 1 : 0));
        if (stacks) {
            parts.replaceAll(part -> ShapeOperators.unsqueezed(call.forPart("stacked"), part, List.of(axis)));
        }
        return SelectionOperators.joined(call, parts, axis);
    }
}

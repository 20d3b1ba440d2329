package org.deepliftc.compiler.importer.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.keras.file.Config;

/** Layers that put the same numbers elsewhere. */
final class MovementLayers {
    private MovementLayers() {}

    static void list(Layers table) {
        table.add("Flatten", "channels last", MovementLayers::flatten);
        table.add("Reshape", MovementLayers::reshape);
        table.add("Permute", MovementLayers::permute);
        table.add("RepeatVector", MovementLayers::repeat);
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.add("ZeroPadding" + rank + "D", call -> padding(call, axes));
            table.add("Cropping" + rank + "D", call -> cropping(call, axes));
            table.add("UpSampling" + rank + "D", "interpolation = nearest", call -> upSampling(call, axes));
        }
    }

    private static Tensor flatten(LayerCall call) {
        if (call.channelsFirst() && call.x().rank() > 1) {
            throw call.unsupported("flattens data with channels first"); // Keras then moves the channels to the end
        }
        Node x = call.plain();
        return Tensor.plain(call.result(new Op.Reshape(Shape.of(x.shape().size())), x));
    }

    private static Tensor reshape(LayerCall call) {
        Node x = call.plain();
        List<Integer> wanted = new ArrayList<>(call.config().at("target_shape").list().stream()
                .map(Config::integer)
                .toList());
        int open = wanted.indexOf(-1);
        if (open >= 0) {
            long known = 1;
            for (int dim : wanted) {
                known *= dim == -1 ? 1 : dim;
                known = Math.min(Math.max(known, 0), 1L << 31);
            }
            wanted.set(open, known == 0 ? 0 : (int) (x.shape().size() / known));
        }
        return Tensor.plain(call.result(new Op.Reshape(shape(call, wanted)), x));
    }

    private static Shape shape(LayerCall call, List<Integer> dims) {
        try {
            return new Shape(dims);
        } catch (IllegalArgumentException e) {
            throw call.unsupported("makes no tensor: " + e.getMessage());
        }
    }

    private static Tensor permute(LayerCall call) {
        Node x = call.plain();
        List<Integer> dims = call.config().at("dims").list().stream()
                .map(axis -> axis.integer() - 1)
                .toList();
        return Tensor.plain(call.result(new Op.Transpose(dims), x));
    }

    private static Tensor repeat(LayerCall call) {
        Node x = call.plain();
        Shape repeated =
                shape(call, List.of(call.config().at("n").integer(), x.shape().size()));
        Node row = call.step("row", new Op.Reshape(Shape.of(1, x.shape().size())), x);
        return Tensor.plain(call.result(new Op.Broadcast(repeated), row));
    }

    /** Amounts in front of and behind each axis: one number, one an axis, or pairs. */
    private static List<List<Integer>> amounts(LayerCall call, String key, int rank) {
        Config written = call.config().at(key);
        List<List<Integer>> amounts = new ArrayList<>();
        List<Config> axes = written.isList() ? written.list() : Collections.nCopies(rank, written);
        if (rank == 1 && axes.size() == 2) {
            axes = List.of(written);
        }
        for (Config axis : axes) {
            List<Integer> pair = axis.isNumber()
                    ? List.of(axis.integer(), axis.integer())
                    : axis.list().stream().map(Config::integer).toList();
            amounts.add(pair);
        }
        if (amounts.size() != rank || amounts.stream().anyMatch(p -> p.size() != 2 || p.get(0) < 0 || p.get(1) < 0)) {
            throw call.unsupported("has a " + key + " that is not two amounts for each of " + rank + " axes");
        }
        return amounts;
    }

    private static Tensor padding(LayerCall call, int rank) {
        Node x = call.channels(rank);
        List<Integer> starts = new ArrayList<>(List.of(0));
        List<Integer> dims = new ArrayList<>(List.of(x.shape().dim(0)));
        for (List<Integer> pair : amounts(call, "padding", rank)) {
            dims.add(Math.addExact(x.shape().dim(dims.size()), Math.addExact(pair.get(0), pair.get(1))));
            starts.add(pair.get(0));
        }
        Op op = new Op.Embed(starts, Collections.nCopies(rank + 1, 1), shape(call, dims), 0);
        return call.ofChannels(call.result(op, x));
    }

    private static Tensor cropping(LayerCall call, int rank) {
        Node x = call.channels(rank);
        List<Integer> starts = new ArrayList<>(List.of(0));
        List<Integer> dims = new ArrayList<>(List.of(x.shape().dim(0)));
        for (List<Integer> pair : amounts(call, "cropping", rank)) {
            dims.add(x.shape().dim(dims.size()) - pair.get(0) - pair.get(1));
            starts.add(pair.get(0));
        }
        Op op = new Op.Slice(starts, Collections.nCopies(rank + 1, 1), shape(call, dims));
        return call.ofChannels(call.result(op, x));
    }

    /** Each position several times: an axis of extent 1 behind each of space, stretched. */
    private static Tensor upSampling(LayerCall call, int rank) {
        if (!call.config().text("interpolation", "nearest").equals("nearest")) {
            throw call.unsupported("interpolates");
        }
        Node x = call.channels(rank);
        List<Integer> factors = call.perAxis("size", rank, 2);
        List<Integer> thin = new ArrayList<>(List.of(x.shape().dim(0)));
        List<Integer> thick = new ArrayList<>(thin);
        List<Integer> dims = new ArrayList<>(thin);
        for (int axis = 0; axis < rank; axis++) {
            int extent = x.shape().dim(axis + 1);
            thin.addAll(List.of(extent, 1));
            thick.addAll(List.of(extent, factors.get(axis)));
            dims.add(Math.multiplyExact(extent, factors.get(axis)));
        }
        Node apart = call.step("apart", new Op.Reshape(shape(call, thin)), x);
        Node stretched = call.step("stretched", new Op.Broadcast(shape(call, thick)), apart);
        return call.ofChannels(call.result(new Op.Reshape(shape(call, dims)), stretched));
    }
}

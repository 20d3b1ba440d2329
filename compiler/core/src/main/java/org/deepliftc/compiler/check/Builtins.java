package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.layer.NamedActivations;

/** The functions the language comes with. Activations follow from their enum. */
final class Builtins {
    /** One function: what it takes, and what it makes of a call. */
    record Builtin(Signature signature, Function<Site, Value> elaborate) {}

    private static final Map<String, Builtin> ALL = all();

    private Builtins() {}

    static Optional<Builtin> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    private static Map<String, Builtin> all() {
        Map<String, Builtin> all = new LinkedHashMap<>();
        put(all, AffineLayers::dense, "dense", "x", "units", "weights", "weight", "bias");
        for (int rank = 1; rank <= 3; rank++) {
            spatial(all, rank);
        }
        put(all, PoolLayers::globalMax, "globalmaxpool", "x", "keepdims");
        put(all, PoolLayers::globalAverage, "globalavgpool", "x", "keepdims");
        put(all, AffineLayers::batchNorm, "batchnorm", "x", "epsilon", "weights", "weight", "bias", "mean", "variance");
        put(all, AffineLayers::tensor, "tensor", "name");
        put(all, LookUpLayers::embedding, "embedding", "x", "entries", "features", "weights", "weight");
        put(all, LookUpLayers::where, "where", "condition", "a", "b");
        put(all, LookUpLayers::atLeast, "at_least", "a", "b");
        normalisations(all);
        attention(all);
        resizes(all);
        recurrent(all, RecurrentLayers::lstm, "lstm", "initial_cell", "gate_activation");
        recurrent(all, RecurrentLayers::gru, "gru", "reset_after", "gate_activation");
        recurrent(all, RecurrentLayers::rnn, "rnn");
        put(all, ShapeLayers::flatten, "flatten", "x");
        put(all, ShapeLayers::reshape, "reshape", "x", "shape");
        put(all, ShapeLayers::transpose, "transpose", "x", "axes");
        put(all, ShapeLayers::broadcast, "broadcast", "x", "shape");
        put(all, ShapeLayers::pad, "pad", "x", "before", "after", "value");
        put(all, site -> ShapeLayers.softmax(site, Op.Softmax::new), "softmax", "x", "axis");
        put(all, site -> ShapeLayers.softmax(site, Op.LogSoftmax::new), "logsoftmax", "x", "axis");
        put(all, ShapeLayers::extent, "extent", "x", "axis");
        put(all, site -> ShapeLayers.reduce(site, Op.ReduceKind.SUM), "sum", "x", "axis", "keepdims");
        put(all, site -> ShapeLayers.reduce(site, Op.ReduceKind.MEAN), "mean", "x", "axis", "keepdims");
        variadic(all, ShapeLayers::concat, "concat", "axis");
        for (String name : List.of("max", "maximum")) {
            variadic(all, site -> ShapeLayers.extreme(site, Op.BinaryKind.MAXIMUM), name, "axis", "keepdims");
        }
        for (String name : List.of("min", "minimum")) {
            variadic(all, site -> ShapeLayers.extreme(site, Op.BinaryKind.MINIMUM), name, "axis", "keepdims");
        }
        put(all, TensorArithmetic::matrixProduct, "matmul", "a", "b", "transpose_left", "transpose_right");
        put(all, MaxoutLayer::elaborate, "maxout", "x", "units", "pieces", "weights", "weight", "bias");
        for (Activation.Kind kind : Activation.Kind.values()) {
            activation(all, kind);
        }
        NamedActivations.ALL.forEach((name, body) -> put(
                all, site -> ActivationLayers.userDefined(site, new Activation.UserDefined(name, body)), name, "x"));
        put(all, ActivationLayers::hardSigmoid, "hard_sigmoid", "x", "alpha", "beta");
        put(all, ActivationLayers::power, "pow", "x", "exponent");
        return all;
    }

    private static void spatial(Map<String, Builtin> all, int rank) {
        // one axis has a width; several have a size, for "width" would name but one of them
        String size = rank == 1 ? "width" : "size";
        put(
                all,
                site -> AffineLayers.convolution(site, rank),
                "conv" + rank + "d",
                "x",
                "filters",
                size,
                "stride",
                "dilation",
                "groups",
                "padding",
                "weights",
                "weight",
                "bias");
        put(
                all,
                site -> TransposedConvolutions.of(site, rank),
                "conv_transpose" + rank + "d",
                "x",
                "filters",
                size,
                "stride",
                "dilation",
                "groups",
                "padding",
                "output_padding",
                "weights",
                "weight",
                "bias");
        put(
                all,
                site -> PoolLayers.max(site, rank),
                "maxpool" + rank + "d",
                "x",
                size,
                "stride",
                "dilation",
                "padding",
                "ceil");
        put(
                all,
                site -> PoolLayers.average(site, rank),
                "avgpool" + rank + "d",
                "x",
                size,
                "stride",
                "dilation",
                "padding",
                "ceil",
                "count_padding");
    }

    private static void normalisations(Map<String, Builtin> all) {
        put(all, NormalisationLayers::layer, "layer_norm", "x", "axis", "epsilon", "weights", "weight", "bias");
        put(all, NormalisationLayers::rootMeanSquare, "rms_norm", "x", "axis", "epsilon", "weights", "weight", "bias");
        put(all, NormalisationLayers::group, "group_norm", "x", "groups", "epsilon", "weights", "weight", "bias");
        put(all, NormalisationLayers::instance, "instance_norm", "x", "epsilon", "weights", "weight", "bias");
        put(all, NormalisationLayers::localResponse, "local_response_norm", "x", "size", "alpha", "beta", "k");
    }

    private static void attention(Map<String, Builtin> all) {
        put(all, AttentionLayers::attention, "attention", "query", "key", "value", "heads", "scale", "causal", "mask");
        put(
                all,
                AttentionLayers::multihead,
                "multihead_attention",
                "x",
                "heads",
                "key",
                "value",
                "scale",
                "causal",
                "mask",
                "weights",
                "weight",
                "bias",
                "out_weight",
                "out_bias");
        variadic(all, AttentionLayers::einsum, "einsum");
    }

    private static void resizes(Map<String, Builtin> all) {
        put(all, ResizeLayers::upsample, "upsample", "x", "scale", "mode", "align_corners");
        put(all, ResizeLayers::shuffle, "pixel_shuffle", "x", "factor");
        put(all, ResizeLayers::adaptiveAverage, "adaptive_avgpool", "x", "size");
        put(all, ResizeLayers::adaptiveMax, "adaptive_maxpool", "x", "size");
    }

    private static void recurrent(
            Map<String, Builtin> all, Function<Site, Value> elaborate, String name, String... more) {
        List<String> parameters = new ArrayList<>(List.of(
                "x",
                "units",
                "direction",
                "sequences",
                "states",
                "weights",
                "layer",
                "weight",
                "recurrent",
                "bias",
                "recurrent_bias",
                "order",
                "initial",
                "activation"));
        parameters.addAll(List.of(more));
        put(all, elaborate, name, parameters.toArray(String[]::new));
    }

    private static void activation(Map<String, Builtin> all, Activation.Kind kind) {
        Function<Site, Value> elaborate = site -> ActivationLayers.builtin(site, kind);
        if (kind == Activation.Kind.PRELU) {
            put(all, elaborate, kind.spelling(), "x", "weights", "slope");
        } else if (kind == Activation.Kind.CLIP) {
            put(all, elaborate, kind.spelling(), "x", "low", "high");
        } else if (kind.hasAlpha()) {
            put(all, elaborate, kind.spelling(), "x", "alpha");
        } else {
            put(all, elaborate, kind.spelling(), "x");
        }
    }

    private static void put(
            Map<String, Builtin> all, Function<Site, Value> elaborate, String name, String... parameters) {
        all.put(name, new Builtin(Signature.of(name, parameters), elaborate));
    }

    private static void variadic(
            Map<String, Builtin> all, Function<Site, Value> elaborate, String name, String... parameters) {
        all.put(name, new Builtin(Signature.variadic(name, parameters), elaborate));
    }
}

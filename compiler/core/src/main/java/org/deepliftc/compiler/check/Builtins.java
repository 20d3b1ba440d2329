package org.deepliftc.compiler.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Op;

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
        put(all, ShapeLayers::flatten, "flatten", "x");
        put(all, ShapeLayers::reshape, "reshape", "x", "shape");
        put(all, ShapeLayers::transpose, "transpose", "x", "axes");
        put(all, ShapeLayers::pad, "pad", "x", "before", "after", "value");
        put(all, ShapeLayers::softmax, "softmax", "x", "axis");
        put(all, ShapeLayers::extent, "extent", "x", "axis");
        put(all, site -> ShapeLayers.reduce(site, Op.ReduceKind.SUM), "sum", "x", "axis", "keepdims");
        put(all, site -> ShapeLayers.reduce(site, Op.ReduceKind.MEAN), "mean", "x", "axis", "keepdims");
        variadic(all, ShapeLayers::concat, "concat", "axis");
        for (String name : List.of("max", "maximum")) {
            variadic(all, site -> ShapeLayers.extreme(site, Op.BinaryKind.MAXIMUM), name);
        }
        for (String name : List.of("min", "minimum")) {
            variadic(all, site -> ShapeLayers.extreme(site, Op.BinaryKind.MINIMUM), name);
        }
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
                "padding",
                "ceil",
                "count_padding");
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

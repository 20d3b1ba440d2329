package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Shape;

/**
 * The weights of a layer: tensors of a file under the layer's name ({@code weights = "conv1"}), single tensors under
 * names of their own ({@code weight =}, {@code bias =}), or numbers and tensors of the model.
 */
final class Parameters {
    /** A weight whose shape is known and whose values are read when asked for. */
    interface Weight {
        Shape shape();

        /** {@code weight 'conv1.weight' is [20, 4, 12] in gata.safetensors}. */
        String described();

        SourceSpan span();

        /** The constant under this shape of equal size. */
        Node node(Shape shape);

        default Node node() {
            return node(shape());
        }
    }

    private final Site site;
    private Optional<String> base = Optional.empty();
    private boolean baseKnown;

    Parameters(Site site) {
        this.site = site;
    }

    /**
     * The weight called {@code role}.
     *
     * @param own the parameter that names it alone
     * @param suffixes what it may be called in a file below the layer's name; the empty one is the name itself
     */
    Optional<Weight> find(String role, String own, List<String> suffixes) {
        Arguments arguments = site.arguments();
        if (arguments.isOff(own)) {
            return Optional.empty();
        }
        if (arguments.has(own)) {
            return Optional.of(given(role, arguments.required(own)));
        }
        Optional<Arguments.Given> all = arguments.optional("weights");
        boolean isFirst = suffixes.equals(MAIN) || suffixes.equals(SLOPE);
        if (all.isPresent() && !(all.get().value() instanceof Value.Text)) {
            return isFirst ? Optional.of(given(role, all.get())) : Optional.empty();
        }
        if (arguments.has("weight") && all.isEmpty()) {
            return Optional.empty();
        }
        return stored(role, layerName(), suffixes);
    }

    static final List<String> MAIN = List.of(".weight");
    static final List<String> SLOPE = List.of("", ".weight", ".slope");

    Weight require(String role, String own, List<String> suffixes) {
        return find(role, own, suffixes).orElseThrow(() -> absent(own, suffixes));
    }

    private Failure absent(String own, List<String> suffixes) {
        boolean named = site.arguments()
                .optional("weights")
                .map(given -> given.value() instanceof Value.Text)
                .orElse(!site.arguments().has("weight"));
        if (!named || site.arguments().isOff(own)) {
            return Failure.of(
                    Problem.CALL002,
                    site.span(),
                    site.function() + ": '" + own + "' is missing",
                    "name every tensor, or the layer as a whole: weights = \"name\"");
        }
        String name = layerName();
        List<String> others =
                suffixes.stream().skip(1).map(s -> "'" + name + s + "'").collect(Collectors.toList());
        return site.session().weights().missing(site.function(), name + suffixes.get(0), others, nameSpan());
    }

    private SourceSpan nameSpan() {
        return site.arguments().span("weights");
    }

    /** The layer's name in the weights file: the argument {@code weights}, else the definition's name. */
    private String layerName() {
        if (!baseKnown) {
            baseKnown = true;
            base = Optional.of(site.arguments()
                    .optional("weights")
                    .map(given -> ((Value.Text) given.value()).value())
                    .orElseGet(this::defaultName));
        }
        return base.orElseThrow();
    }

    private String defaultName() {
        String name = site.naming().definition();
        if (site.session().claim(name, site.span())) {
            return name;
        }
        if (site.function().equals("prelu") && site.session().claim(name + ".prelu", site.span())) {
            return name + ".prelu";
        }
        throw Failure.of(
                Problem.WEIGHT005,
                site.span(),
                site.function() + ": another layer of '" + name + "' already takes the weights of that name",
                "say which: weights = \"" + name + "." + site.function() + "\"");
    }

    private Optional<Weight> stored(String role, String name, List<String> suffixes) {
        for (String suffix : suffixes) {
            Optional<WeightFiles.Stored> tensor = site.session().weights().find(name + suffix, nameSpan());
            if (tensor.isPresent()) {
                return Optional.of(new FromFile(site, role, tensor.get(), nameSpan()));
            }
        }
        return Optional.empty();
    }

    private Weight given(String role, Arguments.Given given) {
        if (given.value() instanceof Value.Text) {
            String name = ((Value.Text) given.value()).value();
            WeightFiles.Stored tensor = site.session()
                    .weights()
                    .find(name, given.span())
                    .orElseThrow(
                            () -> site.session().weights().missing(site.function(), name, List.of(), given.span()));
            return new FromFile(site, role, tensor, given.span());
        }
        if (given.value() instanceof Value.Tensor) {
            Node node = ((Value.Tensor) given.value()).node();
            if (!node.isConstant()) {
                throw Failure.of(
                        Problem.CALL003,
                        given.span(),
                        site.function() + ": the " + role + " must be constant, but '" + node.name() + "' is computed",
                        "multiply with @ or * where both sides are computed");
            }
            return new FromModel(site, role, node.constant(), given.span(), Optional.of(node));
        }
        ConstantData data = Literals.constant(given.value(), given.span());
        return new FromModel(site, role, data, given.span(), Optional.empty());
    }

    private record FromFile(Site site, String role, WeightFiles.Stored tensor, SourceSpan span) implements Weight {
        @Override
        public Shape shape() {
            return site.session().weights().shape(tensor, span);
        }

        @Override
        public String described() {
            return role + " " + tensor.quoted() + " is " + shape() + " in " + tensor.file();
        }

        @Override
        public Node node(Shape shape) {
            return site.session().emitter().weight(site.session().weights(), tensor, shape, span);
        }
    }

    private record FromModel(Site site, String role, ConstantData data, SourceSpan span, Optional<Node> existing)
            implements Weight {
        @Override
        public Shape shape() {
            return data.shape();
        }

        @Override
        public String described() {
            return "the " + role + " is " + data.shape();
        }

        @Override
        public Node node(Shape shape) {
            return existing.filter(n -> n.shape().equals(shape))
                    .orElseGet(() -> site.constant(data.reshaped(shape), role, span));
        }
    }

    /** The failure of a weight of another shape; {@code reasons} say where the expectation comes from. */
    Failure mismatch(Weight weight, Shape needed, List<String> reasons) {
        List<String> parts = new ArrayList<>(reasons);
        String because = parts.isEmpty() ? "it" : String.join(" and ", parts);
        String message = site.function() + ": " + weight.described() + ", but " + because
                + (parts.size() > 1 ? " need " : " needs ") + needed;
        List<Integer> reversed = new ArrayList<>(weight.shape().dims());
        java.util.Collections.reverse(reversed);
        boolean transposed = needed.rank() > 1 && isPermuted(reversed, needed.dims());
        return transposed
                ? Failure.of(
                        Problem.WEIGHT002,
                        weight.span(),
                        message,
                        "the tensor is stored transposed, as Keras does; store it as [out, in, ...]")
                : Failure.of(Problem.WEIGHT002, weight.span(), message);
    }

    /** Whether the reversed extents are those needed, the spatial ones in either order. */
    private static boolean isPermuted(List<Integer> reversed, List<Integer> needed) {
        if (reversed.size() != needed.size() || !reversed.subList(0, 2).equals(needed.subList(0, 2))) {
            return false;
        }
        List<Integer> space = new ArrayList<>(reversed.subList(2, reversed.size()));
        List<Integer> wanted = new ArrayList<>(needed.subList(2, needed.size()));
        space.sort(null);
        wanted.sort(null);
        return space.equals(wanted);
    }
}

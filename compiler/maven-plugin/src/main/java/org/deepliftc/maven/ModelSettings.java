package org.deepliftc.maven;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.SoftmaxRule;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Spelled;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.explain.Tool;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.compiler.schedule.CodeShape;

/**
 * The settings of one model, or the defaults of all, as a POM states them. Names and values are those of the flags of
 * {@code deepliftc explain} in camel case; what is not set is left to the defaults, then to the model's own
 * {@code explain} section. Files are relative to the project's folder.
 */
public final class ModelSettings {
    /** The model, relative to the source directory. */
    private String file;

    /** The name of the class; by default the file's name in camel case. */
    private String className;

    /** The package of the class; by default the model's folder below the source directory. */
    private String packageName;

    /** Which output of the model; by default the first. */
    private String output;

    /** {@code pre-activation}, {@code output} or the name of a node. */
    private String at;

    /**
     * A flat index, {@code [i,j]} by axis, {@code 0,3} for several, an expression such as {@code 1 - 0}, {@code profile},
     * {@code max} or {@code any}.
     */
    private String target;

    /** Inner nodes whose contributions the class makes, too. */
    private List<String> layers = List.of();

    /** The reference of all inputs: {@code zeros}, {@code given}, {@code mean:FILE}, {@code background:FILE}, ... */
    private String reference;

    /** The references of single inputs, by their names. */
    private Map<String, String> references = Map.of();

    /** {@code deeplift}, {@code gradient}, ... */
    private String method;

    /** {@code rescale}, {@code reveal-cancel} or {@code genomics}. */
    private String rule;

    /** The rules of single nodes or kinds of operators, by their names. */
    private Map<String, String> rules = Map.of();

    /** {@code cross}, {@code winner}, {@code segments} or {@code gradient}. */
    private String maxRule;

    /** {@code normalised} or {@code plain}. */
    private String softmax;

    /** {@code guarded}, {@code decomposed}, {@code shift-free} or {@code logarithmic-mean}. */
    private String softmaxRule;

    /** {@code guarded}, {@code decomposed} or {@code path}. */
    private String normRule;

    /** {@code captum}, {@code shap} or {@code deeplift}: whose definitions to follow. */
    private String like;

    /** The one-hot axis of all inputs, the batch axis being 0. */
    private String onehot;

    /** {@code on} or {@code off}. */
    private String onehotNormalise;

    /** Points of integrated gradients: an integer, by default 64. */
    private String steps;

    /** The epsilon of lrp: a number, by default 1e-6. */
    private String lrpEpsilon;

    /** {@code float} or {@code double}. */
    private String precision;

    /** {@code auto}, {@code straight} or {@code loops}. */
    private String codeShape;

    /** {@code auto}, {@code scalar} or {@code vector}. */
    private String backend;

    /** How many examples a call is expected to bring: an integer, by default 1. */
    private String expectBatch;

    /** {@code auto}, or {@code off} to compute every convolution directly. */
    private String winograd;

    /** {@code true} for hypothetical contributions of one-hot inputs, too. */
    private Boolean hypothetical;

    /** The axis of the examples in the inputs of an imported model, or {@code none}; by default the open one, else 0. */
    private String batchAxis;

    /** The extents of an imported model's inputs by name, such as {@code N,3,224,224}, {@code N} where they stay open. */
    private Map<String, String> shapes = Map.of();

    Optional<String> file() {
        return Optional.ofNullable(file);
    }

    Optional<String> className() {
        return Optional.ofNullable(className);
    }

    Optional<String> packageName() {
        return Optional.ofNullable(packageName);
    }

    /**
     * What the model's file leaves open, where another tool wrote it.
     *
     * @throws IllegalArgumentException naming the parameter, its value and what it may be
     */
    ImportOptions importing() {
        Map<String, OptionalInt> axes = new LinkedHashMap<>();
        read("batchAxis", batchAxis, ImportOptions::parseAxis).ifPresent(axis -> axes.put("*", axis));
        Map<String, List<Optional<Integer>>> extents = new LinkedHashMap<>();
        shapes.forEach(
                (input, text) -> extents.put(input, required("shapes/" + input, text, ImportOptions::parseExtents)));
        return new ImportOptions(axes, extents);
    }

    /**
     * How to compile the model; the class is not named yet.
     *
     * @param defaults what holds where these settings are silent
     * @param folder where relative files begin
     * @throws IllegalArgumentException naming the parameter, its value and what it may be
     */
    CompileOptions options(ModelSettings defaults, Path folder) {
        return CompileOptions.DEFAULT
                .withExplain(explain(folder).orElse(defaults.explain(folder)))
                .withPrecision(choice("precision", Precision.class, precision, defaults.precision, Precision.FLOAT))
                .withShape(choice("codeShape", CodeShape.class, codeShape, defaults.codeShape, CodeShape.AUTO))
                .withBackend(choice("backend", Backend.class, backend, defaults.backend, Backend.AUTO))
                .withExpectedBatch(read(
                                "expectBatch",
                                expectBatch == null ? defaults.expectBatch : expectBatch,
                                ModelSettings::batch)
                        .orElse(1))
                .withWinograd(read("winograd", winograd == null ? defaults.winograd : winograd, ModelSettings::autoOff)
                        .orElse(true))
                .withHypothetical(Optional.ofNullable(hypothetical)
                        .or(() -> Optional.ofNullable(defaults.hypothetical))
                        .orElse(false));
    }

    private ExplainOptions explain(Path folder) {
        Map<String, Reference> givenReferences = new LinkedHashMap<>();
        read("reference", reference, text -> reference(text, folder)).ifPresent(r -> givenReferences.put("*", r));
        references.forEach((input, text) ->
                givenReferences.put(input, required("references/" + input, text, t -> reference(t, folder))));
        Map<String, NonlinearityRule> givenRules = new LinkedHashMap<>();
        rules.forEach((node, text) ->
                givenRules.put(node, required("rules/" + node, text, spelled(NonlinearityRule.class, "rule"))));
        Map<String, Integer> axes = new LinkedHashMap<>();
        read("onehot", onehot, ModelSettings::axis).ifPresent(axis -> axes.put("*", axis));
        ExplainOptions.Builder options = ExplainOptions.builder()
                .layers(layers)
                .references(givenReferences)
                .rules(givenRules)
                .onehot(axes);
        read("output", output, Function.identity()).ifPresent(options::output);
        read("at", at, Point::parse).ifPresent(options::at);
        read("target", target, Target::parse).ifPresent(options::target);
        read("method", method, spelled(Method.class, "method")).ifPresent(options::method);
        read("rule", rule, spelled(NonlinearityRule.class, "rule")).ifPresent(options::rule);
        read("maxRule", maxRule, spelled(MaxRule.class, "max rule")).ifPresent(options::maxRule);
        read("softmax", softmax, spelled(SoftmaxTarget.class, "softmax target")).ifPresent(options::softmax);
        read("softmaxRule", softmaxRule, spelled(SoftmaxRule.class, "softmax rule"))
                .ifPresent(options::softmaxRule);
        read("normRule", normRule, spelled(NormRule.class, "norm rule")).ifPresent(options::normRule);
        read("like", like, spelled(Tool.class, "tool")).ifPresent(options::like);
        read("onehotNormalise", onehotNormalise, ModelSettings::onOff).ifPresent(options::normaliseOnehot);
        read("steps", steps, ModelSettings::steps).ifPresent(options::steps);
        read("lrpEpsilon", lrpEpsilon, ModelSettings::epsilon).ifPresent(options::lrpEpsilon);
        return options.build();
    }

    private static int steps(String text) {
        try {
            int steps = Integer.parseInt(text);
            if (steps >= 1) {
                return steps;
            }
        } catch (NumberFormatException e) {
            // reported below together with numbers that are too small
        }
        throw new IllegalArgumentException("'" + text + "' is no number of steps; write 1 or more");
    }

    private static double epsilon(String text) {
        try {
            double epsilon = Double.parseDouble(text);
            if (epsilon >= 0 && Double.isFinite(epsilon)) {
                return epsilon;
            }
        } catch (NumberFormatException e) {
            // reported below together with negative numbers
        }
        throw new IllegalArgumentException("'" + text + "' is no number of at least 0, such as 1e-6");
    }

    private static <T> Optional<T> read(String parameter, String text, Function<String, T> parser) {
        return text == null ? Optional.empty() : Optional.of(required(parameter, text, parser));
    }

    private static <T> T required(String parameter, String text, Function<String, T> parser) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("<" + parameter + "> is empty; give it a value or leave it out");
        }
        try {
            return parser.apply(text.trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("<" + parameter + ">: " + e.getMessage(), e);
        }
    }

    private static <E extends Enum<E> & Spelled> Function<String, E> spelled(Class<E> type, String what) {
        return text -> Spelled.parse(type, what, text);
    }

    /** A relative file of a POM belongs to the project's folder, wherever Maven was started. */
    private static Reference reference(String text, Path folder) {
        Reference parsed = Reference.parse(text);
        if (parsed instanceof Reference.MeanOf mean) {
            return new Reference.MeanOf(folder.resolve(mean.file()).toString());
        }
        if (parsed instanceof Reference.Background background) {
            return new Reference.Background(folder.resolve(background.file()).toString());
        }
        if (parsed instanceof Reference.Rows rows) {
            return new Reference.Rows(folder.resolve(rows.file()).toString());
        }
        return parsed;
    }

    private static int axis(String text) {
        try {
            int axis = Integer.parseInt(text);
            if (axis >= 1) {
                return axis - 1;
            }
        } catch (NumberFormatException e) {
            // reported below together with axis 0, which is the batch
        }
        throw new IllegalArgumentException("'" + text + "' is no axis of an example; axis 0 is the batch, so write 1"
                + " for the first axis of an example");
    }

    private static boolean onOff(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither on nor off");
        };
    }

    private static boolean autoOff(String text) {
        return switch (text) {
            case "auto" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither auto nor off");
        };
    }

    private static int batch(String text) {
        try {
            int batch = Integer.parseInt(text);
            if (batch >= 1) {
                return batch;
            }
        } catch (NumberFormatException e) {
            // reported below together with numbers that are too small
        }
        throw new IllegalArgumentException("'" + text + "' is no number of examples; write 1 or more");
    }

    private static <E extends Enum<E>> E choice(String parameter, Class<E> type, String own, String weaker, E last) {
        return read(parameter, own == null ? weaker : own, text -> constant(type, text))
                .orElse(last);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> spelling(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is none of: "
                        + Arrays.stream(type.getEnumConstants())
                                .map(ModelSettings::spelling)
                                .collect(Collectors.joining(", "))));
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

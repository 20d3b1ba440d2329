package org.deepliftc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.explain.Tool;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.compiler.schedule.CodeShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSettingsTest {
    private static final Path FOLDER = Path.of("project").toAbsolutePath();
    private static final ModelSettings NOTHING = new ModelSettings();

    @Test
    void leavesAllToTheModelWhereNothingIsSet() {
        assertThat(NOTHING.options(NOTHING, FOLDER)).isEqualTo(CompileOptions.DEFAULT);
    }

    @Test
    void readsEveryFlag() {
        ModelSettings settings = Settings.of(
                "output",
                "bound",
                "at",
                "logit",
                "target",
                "[1,11]",
                "reference",
                "mean:data/background.npz",
                "references",
                Map.of("mask", "zeros"),
                "method",
                "deeplift",
                "rule",
                "genomics",
                "rules",
                Map.of("prelu", "reveal-cancel"),
                "maxRule",
                "winner",
                "softmax",
                "plain",
                "softmaxRule",
                "logarithmic-mean",
                "normRule",
                "path",
                "like",
                "shap",
                "layers",
                List.of("hidden"),
                "onehot",
                "1",
                "onehotNormalise",
                "off",
                "steps",
                "16",
                "lrpEpsilon",
                "0.01",
                "precision",
                "double",
                "codeShape",
                "straight",
                "backend",
                "scalar",
                "expectBatch",
                "32",
                "winograd",
                "off",
                "hypothetical",
                true);
        CompileOptions options = settings.options(NOTHING, FOLDER);
        String file = FOLDER.resolve("data").resolve("background.npz").toString();
        assertThat(options.explain())
                .isEqualTo(ExplainOptions.builder()
                        .output("bound")
                        .at(new Point.Named("logit"))
                        .target(Target.byAxis(1, 11))
                        .layers(List.of("hidden"))
                        .references(Map.of("*", new Reference.MeanOf(file), "mask", new Reference.Zeros()))
                        .method(Method.DEEPLIFT)
                        .rule(NonlinearityRule.GENOMICS)
                        .rules(Map.of("prelu", NonlinearityRule.REVEAL_CANCEL))
                        .maxRule(MaxRule.WINNER)
                        .softmax(SoftmaxTarget.PLAIN)
                        .softmaxRule(SoftmaxRule.LOGARITHMIC_MEAN)
                        .normRule(NormRule.PATH)
                        .like(Tool.SHAP)
                        .onehot(Map.of("*", 0))
                        .normaliseOnehot(false)
                        .steps(16)
                        .lrpEpsilon(0.01)
                        .build());
        assertThat(options.precision()).isEqualTo(Precision.DOUBLE);
        assertThat(options.shape()).isEqualTo(CodeShape.STRAIGHT);
        assertThat(options.backend()).isEqualTo(Backend.SCALAR);
        assertThat(options.expectedBatch()).isEqualTo(32);
        assertThat(options.winograd()).isFalse();
        assertThat(options.hypothetical()).isTrue();
    }

    @Test
    void letsAModelBeatTheDefaults() {
        ModelSettings defaults = Settings.of(
                "target", "max", "precision", "double", "method", "lrp", "expectBatch", "8", "winograd", "off");
        ModelSettings own = Settings.of("target", "2", "precision", "float", "winograd", "auto");
        CompileOptions options = own.options(defaults, FOLDER);
        assertThat(options.explain().target()).contains(Target.flat(2));
        assertThat(options.explain().method()).contains(Method.LRP);
        assertThat(options.precision()).isEqualTo(Precision.FLOAT);
        assertThat(options.expectedBatch()).isEqualTo(8);
        assertThat(options.winograd()).isTrue();
        assertThat(NOTHING.options(defaults, FOLDER).precision()).isEqualTo(Precision.DOUBLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target          | best    | <target>: target 'best' is none of: an index (3)",
                "method          | deeplft | <method>: method 'deeplft' is none of: deeplift, gradient",
                "maxRule         | max     | <maxRule>: max rule 'max' is none of: cross, winner",
                "precision       | half    | <precision>: 'half' is none of: float, double",
                "codeShape       | round   | <codeShape>: 'round' is none of: auto, straight, loops",
                "backend         | opencl  | <backend>: 'opencl' is none of: auto, scalar, vector",
                "expectBatch     | 0       | <expectBatch>: '0' is no number of examples; write 1 or more",
                "expectBatch     | many    | <expectBatch>: 'many' is no number of examples",
                "winograd        | on      | <winograd>: 'on' is neither auto nor off",
                "onehot          | 0       | <onehot>: '0' is no axis of an example; axis 0 is the batch",
                "onehot          | last    | <onehot>: 'last' is no axis",
                "onehotNormalise | maybe   | <onehotNormalise>: 'maybe' is neither on nor off",
                "reference       | shuffle:x | <reference>: 'x' is not a number of shuffles",
                "softmax         | ' '     | <softmax> is empty"
            })
    void namesParameterValueAndChoices(String parameter, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(parameter, value).options(NOTHING, FOLDER))
                .withMessageContaining(message);
    }

    @Test
    void namesTheNodeOfARuleThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Settings.of("rules", Map.of("prelu", "linear")).options(NOTHING, FOLDER))
                .withMessage("<rules/prelu>: rule 'linear' is none of: rescale, reveal-cancel, genomics");
    }

    @Test
    void readsWhatAnotherToolsFileLeavesOpen() {
        ModelSettings settings = Settings.of("batchAxis", "none", "shapes", Map.of("x", "N,3,224"));

        ImportOptions importing = settings.importing();

        assertThat(importing.batchAxis()).containsExactly(Map.entry("*", OptionalInt.empty()));
        assertThat(importing.shapes())
                .containsExactly(Map.entry("x", List.of(Optional.empty(), Optional.of(3), Optional.of(224))));
        assertThat(NOTHING.importing()).isEqualTo(ImportOptions.DEFAULT);
    }

    @Test
    void refusesExtentsAndAxesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(Settings.of("batchAxis", "first")::importing)
                .withMessage("<batchAxis>: 'first' is neither an axis nor none");
        assertThatIllegalArgumentException()
                .isThrownBy(Settings.of("shapes", Map.of("x", "N,0"))::importing)
                .withMessage("<shapes/x>: '0' is neither an extent nor N");
    }
}

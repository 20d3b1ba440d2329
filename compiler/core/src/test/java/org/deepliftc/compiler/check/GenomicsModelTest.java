package org.deepliftc.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's genomics network, as a user writes it. */
class GenomicsModelTest {
    private static final String MODEL = """
            model GataCagatg {
              input dna: float[4, 200] onehot(axis = 0)          // channels first; paper 2.6 applies to what reads it
              weights "gata-cagatg.safetensors"

              motifs = prelu(conv1d(dna, filters = 20, width = 15, weights = "conv1"), weights = "conv1.prelu")
              sites  = maxpool1d(motifs, width = 50, stride = 50)
              h1     = prelu(dense(flatten(sites), units = 200, weights = "fc1"), weights = "fc1.prelu")
              h2     = prelu(dense(h1, units = 200, weights = "fc2"), weights = "fc2.prelu")
              logit  = dense(h2, units = 1, weights = "out")
              output bound = sigmoid(logit)

              explain bound {
                at logit                                           // default: the pre-activation
                target 0                                           // or any: chosen per call
                reference dna = zeros                              // or given, mean("background.npz"), file(...)
                rule prelu = rescale                               // or reveal_cancel; per node by name also
              }
            }
            """;
    private static final String WEIGHTS = """
            conv1.weight [20, 4, 15]
            conv1.bias [20]
            conv1.prelu.weight [20]
            fc1.weight [200, 60]
            fc1.bias [200]
            fc1.prelu.weight [200]
            fc2.weight [200, 200]
            fc2.bias [200]
            fc2.prelu.weight [1]
            out.weight [1, 200]
            out.bias [1]
            """;

    @TempDir
    Path folder;

    private Models models(String weights) {
        return new Models(folder).file("gata-cagatg.safetensors", weights);
    }

    @Test
    void elaboratesToTheNodesOneExpects() {
        Model model = models(WEIGHTS).read(MODEL);

        assertThat(Models.listing(model)).isEqualTo("""
                        dna: Input [4, 200]
                        motifs.conv1d: Convolution [20, 186] <- dna[4, 200], conv1.weight[20, 4, 15], conv1.bias[20]
                        motifs: prelu [20, 186] <- motifs.conv1d[20, 186], conv1.prelu.weight[20, 1]
                        sites: MaxPool [20, 3] <- motifs[20, 186]
                        h1.flatten: Reshape [60] <- sites[20, 3]
                        h1.dense: Dense [200] <- h1.flatten[60], fc1.weight[200, 60], fc1.bias[200]
                        h1: prelu [200] <- h1.dense[200], fc1.prelu.weight[200]
                        h2.dense: Dense [200] <- h1[200], fc2.weight[200, 200], fc2.bias[200]
                        h2: prelu [200] <- h2.dense[200], fc2.prelu.weight[1]
                        logit: Dense [1] <- h2[200], out.weight[1, 200], out.bias[1]
                        bound: sigmoid [1] <- logit[1]
                        """);
        assertThat(model.name()).isEqualTo("GataCagatg");
        assertThat(model.inputs())
                .containsExactly(new Model.InputDeclaration("dna", Shape.of(4, 200), OptionalInt.of(0), true));
        assertThat(model.graph().outputs().keySet()).containsExactly("bound");
        assertThat(model.source()).endsWith("model.dlift");
    }

    @Test
    void readsTheExplainSection() {
        Model model = models(WEIGHTS).read(MODEL);

        assertThat(model.explain().output()).isEqualTo(Optional.of("bound"));
        assertThat(model.explain().at()).contains(new Point.Named("logit"));
        assertThat(model.explain().target()).contains(Target.flat(0));
        assertThat(model.explain().references()).isEqualTo(Map.of("dna", new Reference.Zeros()));
        assertThat(model.explain().rules()).isEqualTo(Map.of("prelu", NonlinearityRule.RESCALE));
        assertThat(model.explain().method()).isEmpty();
    }

    @Test
    void givesEveryNodeThePlaceItWasWrittenAt() {
        Model model = models(WEIGHTS).read(MODEL);

        assertThat(model.graph().nodes()).allMatch(node -> node.span().isKnown());
        assertThat(Models.node(model, "motifs.conv1d").span().location()).endsWith("model.dlift:5:18");
        assertThat(Models.node(model, "sites").span().line()).isEqualTo(6);
    }

    @Test
    void saysWhichParameterContradictsTheStoredShape() {
        String stored = WEIGHTS.replace("[20, 4, 15]", "[20, 4, 12]").replace("[200, 60]", "[200, 61]");

        assertThat(models(stored).errors(MODEL))
                .containsExactly(
                        "WEIGHT002 conv1d: weight 'conv1.weight' is [20, 4, 12] in gata-cagatg.safetensors, but width"
                                + " = 15 needs [20, 4, 15]");
        String onlyDense = WEIGHTS.replace("[200, 60]", "[200, 61]");
        assertThat(models(onlyDense).errors(MODEL))
                .containsExactly(
                        "WEIGHT002 dense: weight 'fc1.weight' is [200, 61] in gata-cagatg.safetensors, but the input"
                                + " [60] of 60 features needs [200, 60]");
    }

    @Test
    void digestsTextAndTheWeightsUsed() {
        String digest = models(WEIGHTS).read(MODEL).sourceDigest();

        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(models(WEIGHTS).read(MODEL).sourceDigest()).isEqualTo(digest);
        assertThat(models(WEIGHTS + "unused [3]").read(MODEL).sourceDigest()).isEqualTo(digest);
        assertThat(models(WEIGHTS.replace("out.bias [1]", "out.bias [1] = 7"))
                        .read(MODEL)
                        .sourceDigest())
                .isNotEqualTo(digest);
        assertThat(models(WEIGHTS).read(MODEL + "// changed").sourceDigest()).isNotEqualTo(digest);
    }
}

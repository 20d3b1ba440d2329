package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.runtime.Arguments;

/**
 * The results of a class and the fields that hold where the caller wants them.
 *
 * @param predictions one per output
 * @param explanations the results of an example and target
 * @param absent checks that nobody asks for results the class does not make
 */
record Destinations(List<Destination> predictions, List<Destination> explanations, List<CodeBlock> absent) {

    /**
     * One result.
     *
     * @param field the field that holds the caller's array, or null while not wanted
     * @param label what messages call the array
     * @param fromBatch the array in a batch
     */
    record Destination(Buffer buffer, String field, String label, CodeBlock fromBatch) {}

    static Destinations of(Layout layout) {
        return new Builder(layout).build();
    }

    /** The destinations of the contributions, one per input. */
    List<Destination> contributions(int inputs) {
        return explanations.subList(0, inputs);
    }

    private static final class Builder {
        private final Layout layout;
        private final List<Destination> explanations = new ArrayList<>();
        private final List<CodeBlock> absent = new ArrayList<>();

        Builder(Layout layout) {
            this.layout = layout;
        }

        Destinations build() {
            LoopProgram program = layout.program;
            List<Destination> predictions = new ArrayList<>();
            for (int i = 0; i < program.predictions().size(); i++) {
                LoopProgram.Port port = program.predictions().get(i);
                CodeBlock array = CodeBlock.of("batch.prediction($L)", i);
                predictions.add(destination(port.buffer(), port.name(), SourceText.comment(port.name()), array));
            }
            LoopProgram.Results results = program.results();
            perInput("contributions", results.contributions());
            perInput("multipliers", results.multipliers());
            perInput("hypothetical", results.hypothetical());
            layers(results.layers());
            single("output", Optional.of(results.output()));
            single("referenceOutput", results.referenceOutput());
            single("convergenceDelta", results.convergenceDelta());
            return new Destinations(predictions, explanations, absent);
        }

        private void perInput(String role, List<Buffer> buffers) {
            for (int i = 0; i < layout.inputs(); i++) {
                CodeBlock array = CodeBlock.of("batch.$L($L)", role, i);
                if (buffers.isEmpty()) {
                    absent.add(LongMethod.statement("$T.absent($S, $L)", Arguments.class, role, array));
                } else {
                    String input = layout.program.inputs().get(i).name();
                    String label = String.join(" of ", role, SourceText.comment(input));
                    explanations.add(
                            destination(buffers.get(i), input.concat("_").concat(role), label, array));
                }
            }
        }

        private void layers(List<LoopProgram.Port> layers) {
            if (layers.isEmpty()) {
                absent.add(LongMethod.statement("$T.absent($S, batch.layer(0))", Arguments.class, "layers"));
            }
            for (int i = 0; i < layers.size(); i++) {
                LoopProgram.Port layer = layers.get(i);
                String label = "contributions of ".concat(SourceText.comment(layer.name()));
                CodeBlock array = CodeBlock.of("batch.layer($L)", i);
                explanations.add(destination(layer.buffer(), layer.name().concat("_contributions"), label, array));
            }
        }

        private void single(String role, Optional<Buffer> buffer) {
            CodeBlock array = CodeBlock.of("batch.$L()", role);
            if (buffer.isEmpty()) {
                absent.add(LongMethod.statement("$T.absent($S, $L)", Arguments.class, role, array));
            } else {
                explanations.add(destination(buffer.get(), role, role, array));
            }
        }

        private Destination destination(Buffer buffer, String name, String label, CodeBlock array) {
            return new Destination(buffer, layout.sessionNames.allocate(name.concat("_to")), label, array);
        }
    }
}

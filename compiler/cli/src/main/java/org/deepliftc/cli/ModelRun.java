package org.deepliftc.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.deepliftc.cli.input.Examples;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.cli.input.ReferencePlan;
import org.deepliftc.cli.output.Explanation;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.ProgressBar;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.BatchSource;
import org.deepliftc.runtime.Cancellation;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.ModelDescription;
import org.deepliftc.runtime.ModelDescription.ReferenceBinding;
import org.deepliftc.runtime.ParallelExplainer;
import org.deepliftc.runtime.Progress;
import org.deepliftc.runtime.RowsFailedException;

/** Predicts or explains all examples with a loaded class, on several threads. */
final class ModelRun {
    /** Numbers a batch of a stream holds at most, unless one example alone has more. */
    private static final long BATCH_NUMBERS = 1 << 21;

    private final Console console;
    private final CompiledModel model;
    private final List<InputDeclaration> inputs;
    private final Precision precision;
    private final int threads;

    ModelRun(Console console, CompiledModel model, List<InputDeclaration> inputs, Precision precision, int threads) {
        this.console = console;
        this.model = model;
        this.inputs = List.copyOf(inputs);
        this.precision = precision;
        this.threads = threads;
    }

    /** What results a run is asked for beside the contributions. */
    record Wanted(boolean multipliers, boolean hypothetical) {}

    /** The outputs of every example, one array {@code [examples, output shape]} per output of the model. */
    List<Object> predict(Examples examples) {
        List<Object> predictions = new ArrayList<>();
        for (ModelDescription.Port port : model.description().outputs()) {
            long size = (long) examples.count() * port.size();
            predictions.add(Numbers.allocate(precision, size, "output '" + port.name() + "'"));
        }
        Batch batch = new Batch(examples.count(), examples.arrays()).predictions(predictions.toArray());
        try (ProgressBar bar = new ProgressBar(console, "examples", examples.count());
                ParallelExplainer explainer = explainer(model, examples.count())) {
            explainer.predict(batch, (done, total) -> bar.update(done), new Cancellation());
        } catch (RowsFailedException e) {
            throw cause(e);
        }
        return predictions;
    }

    /**
     * Explains every example.
     *
     * @param about what the result says of itself
     */
    Explanation explain(Examples examples, ReferencePlan plan, Wanted wanted, String about) {
        ModelDescription description = model.description();
        Results all = new Results(description, examples.count(), wanted);
        CompiledModel bound = plan.compiled() || plan.perExample()
                ? model
                : model.withReferences(plan.count(), plan.shared(inputs, precision));
        try (ProgressBar bar = new ProgressBar(console, "examples", examples.count())) {
            Progress progress = (done, total) -> bar.update(done);
            if (plan.perExample()) {
                stream(bound, examples, plan, wanted, all, progress);
            } else {
                try (ParallelExplainer explainer = explainer(bound, examples.count())) {
                    explainer.explain(
                            all.attach(new Batch(examples.count(), examples.arrays())), progress, new Cancellation());
                }
            }
        } catch (RowsFailedException e) {
            throw cause(e);
        }
        return all.explanation(examples, about);
    }

    /** References of examples are made batch by batch, so that they never stand in memory all at once. */
    private void stream(
            CompiledModel bound, Examples examples, ReferencePlan plan, Wanted wanted, Results all, Progress progress) {
        long perExample = plan.size(inputs) + all.numbersPerExample();
        int rows = (int) Math.max(1, Math.min(1024, BATCH_NUMBERS / Math.max(1, perExample)));
        BatchSource source = new BatchSource() {
            private int first;

            @Override
            public Optional<Batch> next() {
                int count = Math.min(rows, examples.count() - first);
                if (count == 0) {
                    return Optional.empty();
                }
                Batch batch = new Batch(count, part(examples, first, count))
                        .references(plan.count(), plan.rows(inputs, precision, first, count));
                first += count;
                return Optional.of(new Results(bound.description(), count, wanted).attach(batch));
            }

            @Override
            public OptionalLong totalRows() {
                return OptionalLong.of(examples.count());
            }
        };
        int[] finished = {0};
        try (ParallelExplainer explainer = explainer(bound, rows)) {
            explainer.explain(
                    source,
                    batch -> {
                        all.copyFrom(batch, finished[0]);
                        finished[0] += batch.examples();
                    },
                    progress,
                    new Cancellation());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Object[] part(Examples examples, int first, int count) {
        Object[] arrays = new Object[inputs.size()];
        for (int input = 0; input < arrays.length; input++) {
            int size = inputs.get(input).shape().size();
            arrays[input] = Numbers.allocate(precision, (long) count * size, "a batch of examples");
            Numbers.copy(examples.arrays()[input], first * size, arrays[input], 0, count * size);
        }
        return arrays;
    }

    private ParallelExplainer explainer(CompiledModel bound, int rows) {
        int workers = Math.min(threads, Math.max(1, rows));
        int chunk = Math.max(1, Math.min(32, (rows + workers - 1) / workers));
        return ParallelExplainer.of(bound).threads(workers).chunkRows(chunk).open();
    }

    /** What went wrong in a row is told as if it had happened in this thread. */
    private static RuntimeException cause(RowsFailedException e) {
        if (e.getCause() instanceof Error) {
            throw (Error) e.getCause();
        }
        return e.getCause() instanceof RuntimeException ? (RuntimeException) e.getCause() : e;
    }

    /** The result arrays of a number of examples. */
    private final class Results {
        private final int examples;
        private final int targets;
        private final long ofLayers;
        private final boolean hasReference;
        private final Object output;
        private final Object referenceOutput;
        private final Object convergenceDelta;
        private final List<Object> contributions;
        private final List<Object> multipliers;
        private final List<Object> hypothetical;
        private final List<Explanation.Layer> layers = new ArrayList<>();

        Results(ModelDescription description, int examples, Wanted wanted) {
            this.examples = examples;
            this.ofLayers = description.layers().stream()
                    .mapToLong(ModelDescription.Port::size)
                    .sum();
            this.targets = description.targetCount();
            this.hasReference = description.referenceBinding() != ReferenceBinding.NONE;
            long bytes = (long) examples * numbersPerExample(wanted) * Numbers.bytes(precision);
            Numbers.require(bytes, "the explanation of " + examples + " examples");
            output = array(1, "output");
            referenceOutput = array(1, "reference output");
            convergenceDelta = array(1, "convergence delta");
            contributions = arrays(true, "contributions");
            multipliers = arrays(wanted.multipliers(), "multipliers");
            hypothetical = arrays(wanted.hypothetical(), "hypothetical contributions");
            for (ModelDescription.Port layer : description.layers()) {
                layers.add(
                        new Explanation.Layer(layer, array(layer.size(), "contributions of '" + layer.name() + "'")));
            }
        }

        long numbersPerExample() {
            return numbersPerExample(new Wanted(!multipliers.isEmpty(), !hypothetical.isEmpty()));
        }

        private long numbersPerExample(Wanted wanted) {
            long kinds = 1L + (wanted.multipliers() ? 1 : 0) + (wanted.hypothetical() ? 1 : 0);
            long features =
                    inputs.stream().mapToLong(input -> input.shape().size()).sum();
            return targets * (kinds * features + ofLayers + 3);
        }

        private Object array(int size, String what) {
            return Numbers.allocate(precision, (long) examples * targets * size, what);
        }

        private List<Object> arrays(boolean made, String what) {
            List<Object> arrays = new ArrayList<>();
            for (int input = 0; made && input < inputs.size(); input++) {
                arrays.add(array(
                        inputs.get(input).shape().size(),
                        what + " of '" + inputs.get(input).name() + "'"));
            }
            return arrays;
        }

        Batch attach(Batch batch) {
            batch.output(output).contributions(contributions.toArray());
            if (hasReference) {
                batch.referenceOutput(referenceOutput).convergenceDelta(convergenceDelta);
            }
            if (!multipliers.isEmpty()) {
                batch.multipliers(multipliers.toArray());
            }
            if (!layers.isEmpty()) {
                batch.layers(
                        layers.stream().map(Explanation.Layer::contributions).toArray());
            }
            return hypothetical.isEmpty() ? batch : batch.hypothetical(hypothetical.toArray());
        }

        void copyFrom(Batch batch, int first) {
            int count = batch.examples() * targets;
            Numbers.copy(batch.output(), 0, output, first * targets, count);
            if (hasReference) {
                Numbers.copy(batch.referenceOutput(), 0, referenceOutput, first * targets, count);
                Numbers.copy(batch.convergenceDelta(), 0, convergenceDelta, first * targets, count);
            }
            for (int layer = 0; layer < layers.size(); layer++) {
                int size = targets * layers.get(layer).node().size();
                Numbers.copy(
                        batch.layer(layer),
                        0,
                        layers.get(layer).contributions(),
                        first * size,
                        batch.examples() * size);
            }
            for (int input = 0; input < inputs.size(); input++) {
                int size = targets * inputs.get(input).shape().size();
                int length = batch.examples() * size;
                Numbers.copy(batch.contributions(input), 0, contributions.get(input), first * size, length);
                if (!multipliers.isEmpty()) {
                    Numbers.copy(batch.multipliers(input), 0, multipliers.get(input), first * size, length);
                }
                if (!hypothetical.isEmpty()) {
                    Numbers.copy(batch.hypothetical(input), 0, hypothetical.get(input), first * size, length);
                }
            }
        }

        Explanation explanation(Examples of, String about) {
            return new Explanation(
                    inputs,
                    of,
                    targets,
                    output,
                    hasReference
                            ? Optional.of(new Explanation.AgainstReference(referenceOutput, convergenceDelta))
                            : Optional.empty(),
                    contributions,
                    multipliers,
                    hypothetical,
                    layers,
                    about);
        }
    }
}

package org.deepliftc.cli.bench;

import org.deepliftc.cli.input.Numbers;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription;
import org.deepliftc.runtime.ModelDescription.Port;
import org.deepliftc.runtime.ModelDescription.ReferenceBinding;
import org.deepliftc.runtime.ParallelExplainer;

/**
 * What is timed: predicting or explaining a batch.
 *
 * @param predict whether to predict instead of to explain
 */
public record BenchTask(CompiledModel model, Precision precision, boolean predict) {

    /** A batch over these inputs with room for its results. */
    public Batch batch(int examples, Object... inputs) {
        ModelDescription description = model.description();
        Batch batch = new Batch(examples, inputs);
        if (predict) {
            return batch.predictions(description.outputs().stream()
                    .map(port -> room(examples, port))
                    .toArray());
        }
        int rows = examples * description.targetCount();
        batch.output(Numbers.allocate(precision, rows, "output"));
        batch.contributions(
                description.inputs().stream().map(port -> room(rows, port)).toArray());
        if (description.referenceBinding() != ReferenceBinding.NONE) {
            batch.referenceOutput(Numbers.allocate(precision, rows, "reference output"));
            batch.convergenceDelta(Numbers.allocate(precision, rows, "convergence delta"));
        }
        return batch;
    }

    private Object room(int rows, Port port) {
        return Numbers.allocate(precision, (long) rows * port.size(), "results for '" + port.name() + "'");
    }

    /** Runs a whole batch in this thread. */
    public void run(CompiledSession session, Batch batch) {
        if (predict) {
            session.predict(batch, 0, batch.examples());
        } else {
            session.explain(batch, 0, batch.examples());
        }
    }

    /** Runs a whole batch on the threads of an explainer. */
    public void run(ParallelExplainer explainer, Batch batch) {
        if (predict) {
            explainer.predict(batch);
        } else {
            explainer.explain(batch);
        }
    }
}

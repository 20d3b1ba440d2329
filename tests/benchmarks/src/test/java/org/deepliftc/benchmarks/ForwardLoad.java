package org.deepliftc.benchmarks;

import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;

/** A network, read, and a batch of inputs {@code [examples, input shape]} for it. */
record ForwardLoad(BenchmarkModel network, Model model, int examples, float[] inputs) {

    /** Reads {@code VGG16/32}: the network's name, and how many examples are in its batch. */
    static ForwardLoad parse(String text) {
        String[] parts = text.split("/", 2);
        BenchmarkModel network = BenchmarkModel.valueOf(parts[0]);
        int examples = Integer.parseInt(parts[1]);
        Model model = network.read();
        return new ForwardLoad(network, model, examples, Inputs.of(network, model, examples));
    }

    /** Room for the predictions, {@code [examples, output shape]}. */
    float[] newPredictions() {
        Node output = model.graph().outputs().values().iterator().next();
        return new float[examples * output.shape().size()];
    }
}

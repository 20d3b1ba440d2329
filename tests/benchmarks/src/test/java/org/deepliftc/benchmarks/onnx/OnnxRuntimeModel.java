package org.deepliftc.benchmarks.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * A model with one input and one output in ONNX Runtime, bound to a batch: input and output lie outside the heap and are
 * made once, so that a run is the forward pass and nothing else.
 */
public final class OnnxRuntimeModel implements AutoCloseable {
    private final OrtSession session;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final FloatBuffer results;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    /**
     * Opens a model.
     *
     * @param threads how many threads compute one operator
     * @param examples the batch
     * @param values {@code [examples, input shape]}, copied
     */
    public OnnxRuntimeModel(Model model, int threads, int examples, float[] values) {
        this(model, OnnxWriter.write(model.graph()), OnnxWriter::name, threads, examples, values);
    }

    /** Opens the file of ONNX that a model was read from. */
    public static OnnxRuntimeModel of(Path file, Model model, int threads, int examples, float[] values) {
        try {
            return new OnnxRuntimeModel(model, Files.readAllBytes(file), Node::name, threads, examples, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OnnxRuntimeModel(
            Model model, byte[] onnx, Function<Node, String> names, int threads, int examples, float[] values) {
        Node leaf = model.graph().nodes().stream()
                .filter(node -> node.op() instanceof Op.Input)
                .findFirst()
                .orElseThrow();
        Node result = model.graph().outputs().values().iterator().next();
        FloatBuffer given = offHeap(values.length).put(values).rewind();
        results = offHeap(examples * result.shape().size());
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            session = environment.createSession(onnx, options);
            input = OnnxTensor.createTensor(environment, given, extents(examples, leaf.shape()));
            output = OnnxTensor.createTensor(environment, results, extents(examples, result.shape()));
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
        inputs = Map.of(names.apply(leaf), input);
        outputs = Map.of(names.apply(result), output);
    }

    private static FloatBuffer offHeap(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(4, floats))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static long[] extents(int examples, Shape shape) {
        long[] extents = new long[shape.rank() + 1];
        extents[0] = examples;
        for (int axis = 0; axis < shape.rank(); axis++) {
            extents[axis + 1] = shape.dim(axis);
        }
        return extents;
    }

    /** Runs the forward pass; the returned buffer {@code [examples, output shape]} is the same each time. */
    public FloatBuffer run() {
        try (OrtSession.Result ignored = session.run(inputs, outputs)) {
            return results;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        input.close();
        output.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}

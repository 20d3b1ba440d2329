package org.deepliftc.conformance.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime, the oracle of forward values. */
public final class Ort {
    private Ort() {}

    /** An array of floats and its extents. */
    public record Array(float[] values, long[] dims) {}

    /** All outputs of a model by name. */
    public static Map<String, Array> run(byte[] model, Map<String, Array> inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            // An oracle does what the file says; its fusion of Pad with pools fails where the padding is wide.
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = environment.createSession(model, options)) {
                for (Map.Entry<String, Array> input : inputs.entrySet()) {
                    FloatBuffer values = FloatBuffer.wrap(input.getValue().values());
                    given.put(
                            input.getKey(),
                            OnnxTensor.createTensor(
                                    environment, values, input.getValue().dims()));
                }
                try (OrtSession.Result results = session.run(given)) {
                    Map<String, Array> outputs = new LinkedHashMap<>();
                    for (Map.Entry<String, ai.onnxruntime.OnnxValue> each : results) {
                        OnnxTensor tensor = (OnnxTensor) each.getValue();
                        FloatBuffer buffer = tensor.getFloatBuffer();
                        float[] values = new float[buffer.remaining()];
                        buffer.get(values);
                        outputs.put(
                                each.getKey(),
                                new Array(values, tensor.getInfo().getShape()));
                    }
                    return outputs;
                }
            }
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }
}

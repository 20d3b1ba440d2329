package org.deepliftc.compiler.importer.onnx;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** What a tensor of the file stands for while a model is imported. */
sealed interface Value {

    /** The extents in the file. */
    List<Long> dims();

    /**
     * Numbers known when importing, the same for all examples.
     *
     * @param name of the tensor in the file
     */
    record Known(Tensor tensor, String name) implements Value {
        @Override
        public List<Long> dims() {
            return tensor.dims().stream().map(Integer::longValue).toList();
        }
    }

    /** A node of the graph, and where the examples lie in the tensor it stands for. */
    record Computed(Node node, Batch batch) implements Value {
        @Override
        public List<Long> dims() {
            return batch.full(node.shape());
        }

        int rank() {
            return batch.rank(node.shape());
        }
    }

    /** A list of tensors, each of which stands for itself. */
    record Sequence(List<Value> elements) implements Value {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public List<Long> dims() {
            return List.of();
        }
    }

    /** What could not be translated, which has been reported: whatever reads it stays silent. */
    record Broken() implements Value {
        @Override
        public List<Long> dims() {
            return List.of();
        }
    }
}

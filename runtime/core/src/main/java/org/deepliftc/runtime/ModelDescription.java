package org.deepliftc.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a generated class predicts and explains. Built by generated code; read by everything that serves models it did
 * not know when it was written.
 */
public final class ModelDescription {

    /** The level of this runtime; a generated class refuses to load on another one. */
    public static final int API_LEVEL = 1;

    /** Whether a class computes in {@code float} or {@code double}. */
    public enum ElementType {
        FLOAT,
        DOUBLE
    }

    /** Where the reference of a class comes from. */
    public enum ReferenceBinding {
        /** The method needs none. */
        NONE,
        /** Known when the class was compiled. */
        COMPILED,
        /** Given with each call or bound by {@link CompiledModel#withReferences}. */
        GIVEN
    }

    /** Where the target of a class comes from. */
    public enum TargetBinding {
        /** Known when the class was compiled. */
        COMPILED,
        /** The largest neuron of each example. */
        MAX,
        /** Given with each call. */
        GIVEN
    }

    /** A named array of a model, without its batch axis. */
    public record Port(String name, List<Integer> shape) {
        public Port {
            Objects.requireNonNull(name, "name");
            shape = List.copyOf(shape);
        }

        /** The number of elements of one example. */
        public int size() {
            int size = 1;
            for (int extent : shape) {
                size *= extent;
            }
            return size;
        }
    }

    private final Builder b;

    private ModelDescription(Builder builder) {
        this.b = builder;
    }

    /** Starts a description; every property has to be set but inputs, outputs, layers and {@code hypothetical}. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    public String name() {
        return b.name;
    }

    /** The file the model was compiled from. */
    public String source() {
        return b.source;
    }

    /** SHA-256 of everything the model was compiled from. */
    public String sourceDigest() {
        return b.sourceDigest;
    }

    public String compilerVersion() {
        return b.compilerVersion;
    }

    public ElementType elementType() {
        return b.elementType;
    }

    /** {@code scalar}, {@code vector} or {@code opencl}. */
    public String backend() {
        return b.backend;
    }

    public List<Port> inputs() {
        return List.copyOf(b.inputs);
    }

    public List<Port> outputs() {
        return List.copyOf(b.outputs);
    }

    /** The inner nodes whose contributions the class makes beside those of the inputs. */
    public List<Port> layers() {
        return List.copyOf(b.layers);
    }

    /** The method as a user writes it: {@code deeplift}. */
    public String method() {
        return b.method;
    }

    /** The name of the explained node. */
    public String point() {
        return b.point;
    }

    /** The number of neurons of the explained node: a target index lies below it. */
    public int pointSize() {
        return b.pointSize;
    }

    public ReferenceBinding referenceBinding() {
        return b.referenceBinding;
    }

    public TargetBinding targetBinding() {
        return b.targetBinding;
    }

    /** How many targets one call explains; 0 where they are given with each call. */
    public int targetCount() {
        return b.targetCount;
    }

    /** True where the class makes hypothetical contributions. */
    public boolean hypothetical() {
        return b.hypothetical;
    }

    /** Bytes of the workspace of one session. */
    public long workspaceBytes() {
        return b.workspaceBytes;
    }

    /** Collects the properties of a description. */
    public static final class Builder {
        private final String name;
        private final List<Port> inputs = new ArrayList<>();
        private final List<Port> outputs = new ArrayList<>();
        private final List<Port> layers = new ArrayList<>();
        private String source = "";
        private String sourceDigest = "";
        private String compilerVersion = "";
        private ElementType elementType = ElementType.FLOAT;
        private String backend = "scalar";
        private String method = "";
        private String point = "";
        private int pointSize;
        private ReferenceBinding referenceBinding = ReferenceBinding.COMPILED;
        private TargetBinding targetBinding = TargetBinding.COMPILED;
        private int targetCount = 1;
        private boolean hypothetical;
        private long workspaceBytes;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        public Builder source(String file, String digest, String compiler) {
            source = file;
            sourceDigest = digest;
            compilerVersion = compiler;
            return this;
        }

        public Builder computes(ElementType type, String backendName, long workspace) {
            elementType = type;
            backend = backendName;
            workspaceBytes = workspace;
            return this;
        }

        public Builder input(String port, int... shape) {
            inputs.add(new Port(port, boxed(shape)));
            return this;
        }

        public Builder output(String port, int... shape) {
            outputs.add(new Port(port, boxed(shape)));
            return this;
        }

        public Builder layer(String port, int... shape) {
            layers.add(new Port(port, boxed(shape)));
            return this;
        }

        public Builder explains(String methodName, String pointName, int neurons) {
            method = methodName;
            point = pointName;
            pointSize = neurons;
            return this;
        }

        public Builder binds(ReferenceBinding reference, TargetBinding target, int targets) {
            referenceBinding = reference;
            targetBinding = target;
            targetCount = targets;
            return this;
        }

        public Builder hypothetical(boolean made) {
            hypothetical = made;
            return this;
        }

        public ModelDescription build() {
            return new ModelDescription(this);
        }

        private static List<Integer> boxed(int[] shape) {
            List<Integer> list = new ArrayList<>();
            for (int extent : shape) {
                list.add(extent);
            }
            return list;
        }
    }
}

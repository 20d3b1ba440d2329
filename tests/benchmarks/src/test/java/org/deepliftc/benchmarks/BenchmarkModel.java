package org.deepliftc.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.importer.onnx.OnnxModel;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Safetensors;
import org.deepliftc.examples.SeededLayer;
import org.deepliftc.examples.SeededModel;
import org.deepliftc.examples.SeededParameters;

/**
 * The networks that are measured. All but the trained genomics network have seeded weights, which are made on first use
 * and stay in {@code target/models} beside the model file.
 */
public enum BenchmarkModel {
    /** 200 bases, 20 filters of width 15, pool 50, dense 200, 200, 1: trained, from {@code generated-examples}. */
    GENOMICS(),
    /** VGG16 for images 3 x 64 x 64 and 200 classes, from {@code generated-examples}. */
    VGG16(SeededModel.vgg16()),
    /** 2114 bases, 64 filters of width 21, eight dilated residual layers, mean, one output. */
    BPNET(bpNet()),
    /** Dense 100, 256, 256, 1. */
    MLP(List.of(SeededLayer.he("fc1", 256, 100), SeededLayer.he("fc2", 256, 256), new SeededLayer("fc3", 0.7, 1, 256))),
    /** Dense 2048 to 4096. */
    DENSE(List.of(SeededLayer.he("fc", 4096, 2048))),
    /** An LSTM of 128 units over 100 steps of 64 features, one output. */
    LSTM(List.of(new SeededRecurrence("lstm", 4, 128, 64), new SeededLayer("fc", 0.7, 1, 128))),
    /** The same with a GRU. */
    GRU(List.of(new SeededRecurrence("gru", 3, 128, 64), new SeededLayer("fc", 0.7, 1, 128))),
    /** Dense 256 to 256, four times: the kernel of a matrix product. */
    GEMM(repeated("fc", 256, 256)),
    /** Convolutions of 64 channels to 64 at 32 x 32, four times: the kernel of a convolution. */
    CONV(repeated("conv", 64, 64, 3, 3)),
    /** ResNet-50 for images 3 x 224 x 224 and 1000 classes, a file of ONNX. */
    RESNET50(OnnxNetworks::resNet50),
    /** Two layers of a transformer encoder over 64 tokens of width 128, four heads, 10 classes, a file of ONNX. */
    TRANSFORMER(OnnxNetworks::transformer);

    /** Changes whenever the weights do: files of another recipe are made again. */
    private static final Map<String, String> RECIPE = Map.of("recipe", "1");

    private final List<? extends SeededParameters> layers;
    private final Optional<Supplier<OnnxModel>> onnx;

    BenchmarkModel() {
        this(List.of());
    }

    BenchmarkModel(List<? extends SeededParameters> layers) {
        this.layers = layers;
        this.onnx = Optional.empty();
    }

    BenchmarkModel(Supplier<OnnxModel> onnx) {
        this.layers = List.of();
        this.onnx = Optional.of(onnx);
    }

    private static List<SeededLayer> repeated(String name, int... shape) {
        return IntStream.rangeClosed(1, 4)
                .mapToObj(i -> SeededLayer.he(name + i, shape))
                .toList();
    }

    private static List<SeededLayer> bpNet() {
        List<SeededLayer> layers = new ArrayList<>();
        // Of 4 x 21 inputs only 21 are 1: twice the gain keeps the size.
        layers.add(new SeededLayer("first", 2, 64, 4, 21));
        for (int i = 1; i <= 8; i++) {
            // Half the gain: each of these adds to what it reads.
            layers.add(new SeededLayer("dilated" + i, 0.5, 64, 64, 3));
        }
        layers.add(new SeededLayer("count", 0.7, 1, 64));
        return layers;
    }

    /** The model file, with its weights beside it. */
    public Path file() {
        if (this == GENOMICS) {
            return Examples.file("gata-cagatg");
        }
        String name = name().toLowerCase(java.util.Locale.ROOT);
        Path folder = buildFolder().resolve("models");
        if (onnx.isPresent()) {
            return onnxFile(folder.resolve(name + "-" + RECIPE.get("recipe") + ".onnx"));
        }
        Path model = folder.resolve(name + ".dlift");
        Path weights = folder.resolve(name + ".safetensors");
        try (InputStream text = text(name)) {
            Files.createDirectories(folder);
            Files.copy(text, model, StandardCopyOption.REPLACE_EXISTING);
            if (!isCurrent(weights)) {
                Map<String, DataArray> tensors = new LinkedHashMap<>();
                layers.forEach(layer -> layer.addTo(tensors));
                Safetensors.write(weights, tensors, RECIPE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return model;
    }

    private Path onnxFile(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Path whole = Files.createTempFile(file.getParent(), "model", ".onnx");
                onnx.orElseThrow().get().write(whole);
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Whether the model is a file of ONNX, which its peer reads as it is. */
    boolean isOnnx() {
        return onnx.isPresent();
    }

    private InputStream text(String name) throws IOException {
        return this == VGG16
                ? Files.newInputStream(Examples.file(name))
                : BenchmarkModel.class.getResourceAsStream("/models/" + name + ".dlift");
    }

    private static boolean isCurrent(Path weights) throws IOException {
        if (!Files.exists(weights)) {
            return false;
        }
        try (Safetensors file = Safetensors.open(weights)) {
            return file.metadata().equals(RECIPE);
        }
    }

    /** {@code target}, wherever the process was started. */
    private static Path buildFolder() {
        try {
            return Path.of(BenchmarkModel.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads and checks the model. */
    public Model read() {
        return Compiler.read(file());
    }

    /** Makes all weights, so that the command line finds the models too. */
    public static void main(String[] args) {
        Stream.of(values()).map(BenchmarkModel::file).forEach(System.out::println);
    }
}

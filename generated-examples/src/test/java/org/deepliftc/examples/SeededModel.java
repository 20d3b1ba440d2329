package org.deepliftc.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Safetensors;

/** The examples whose weights were not trained but made, and how they are made. */
public enum SeededModel {
    /** A dilated residual network with two motifs put in by hand. */
    BPNET {
        @Override
        Map<String, DataArray> tensors() {
            return BpNetWeights.tensors();
        }
    },
    /** An encoder of two layers. */
    TRANSFORMER {
        @Override
        Map<String, DataArray> tensors() {
            return TransformerWeights.tensors();
        }
    },
    /** VGG16 for images 3 x 64 x 64 and 200 classes: too large to be checked in. */
    VGG16 {
        @Override
        Map<String, DataArray> tensors() {
            Map<String, DataArray> tensors = new LinkedHashMap<>();
            vgg16().forEach(layer -> layer.addTo(tensors));
            return tensors;
        }
    };

    /** The weights by name. */
    abstract Map<String, DataArray> tensors();

    /** The layers of VGG16. */
    public static List<SeededLayer> vgg16() {
        List<SeededLayer> layers = new ArrayList<>();
        int[] convolutions = {2, 2, 3, 3, 3};
        int[] filters = {64, 128, 256, 512, 512};
        int channels = 3;
        for (int block = 0; block < convolutions.length; block++) {
            for (int i = 1; i <= convolutions[block]; i++) {
                layers.add(SeededLayer.he("conv" + (block + 1) + "." + i, filters[block], channels, 3, 3));
                channels = filters[block];
            }
        }
        layers.add(SeededLayer.he("fc1", 4096, 2048));
        layers.add(SeededLayer.he("fc2", 4096, 4096));
        layers.add(new SeededLayer("fc3", 0.7, 200, 4096));
        return layers;
    }

    /** The name of its folder, and of the files in it. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The checked-in weights, or where they would be. */
    Path checkedInWeights() {
        return Path.of(folder(), folder() + ".safetensors");
    }

    /**
     * A copy of the model in {@code target/models} with its weights beside it, made on first use.
     *
     * @return the model file
     */
    Path make() {
        Path folder = Path.of("target", "models");
        Path model = folder.resolve(folder() + ".dlift");
        Path weights = folder.resolve(folder() + ".safetensors");
        try {
            Files.createDirectories(folder);
            Files.writeString(model, Files.readString(Path.of(folder(), folder() + ".dlift")));
            if (!Files.exists(weights)) {
                Safetensors.write(weights, tensors(), Map.of());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return model;
    }
}

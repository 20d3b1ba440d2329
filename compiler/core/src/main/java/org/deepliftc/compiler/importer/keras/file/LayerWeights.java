package org.deepliftc.compiler.importer.keras.file;

import java.util.List;
import java.util.Optional;

/** The weights of the layers of one model, or of one model inside another. */
public interface LayerWeights {

    /**
     * The arrays of a layer, in the order in which Keras makes them; none where the file has none.
     *
     * @param layer the layer's name
     * @param numbered what files that do not keep names call it: its class in snake case, numbered
     */
    List<StoredArray> of(String layer, String numbered);

    /** The weights of a model that is a layer of this one; empty where the format does not tell them apart. */
    Optional<LayerWeights> inside(String layer, String numbered);
}

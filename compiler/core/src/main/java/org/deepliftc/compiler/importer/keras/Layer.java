package org.deepliftc.compiler.importer.keras;

import java.util.function.Function;

/**
 * A class of layers.
 *
 * @param note what of it is translated; empty for all of it
 */
record Layer(String note, Function<LayerCall, Tensor> translation) {}

/**
 * Layers that are made of several operators: recurrent cells, normalisations, attention.
 *
 * <p>Input: nodes of a model's graph under construction, and weights. Output: the nodes of the layer, added through
 * {@link org.deepliftc.compiler.layer.Nodes}. The language and the importers build the same nodes here.
 *
 * <p>Invariant: a layer is nothing but its operators. Each has its rule, so that the layer needs none.
 */
package org.deepliftc.compiler.layer;

/**
 * An ONNX file as it is written: graph, nodes, attributes, tensors.
 *
 * <p>Input: the bytes of a file and the folder it lies in. Output: records without meaning yet. Invariant: every tensor
 * has as many values as its extents say, and no file outside the model's folder is opened. Field numbers are those of
 * {@code onnx.proto}.
 */
package org.deepliftc.compiler.importer.onnx.file;

/**
 * ONNX models to graphs: one method an operator, in the table {@link org.deepliftc.compiler.importer.onnx.Operators}.
 *
 * <p>Input: an ONNX file. Output: a graph without a batch axis, whose nodes have the names of the file's tensors.
 * Invariant: {@link org.deepliftc.compiler.importer.onnx.Batch} says where in a tensor of the file the examples lie, and
 * no operator is translated that would mix them.
 */
package org.deepliftc.compiler.importer.onnx;

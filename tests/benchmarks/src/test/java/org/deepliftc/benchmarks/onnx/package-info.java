/** The peer of the benchmarks: the same networks in ONNX's format, run forward by ONNX Runtime in the same process. */
package org.deepliftc.benchmarks.onnx;

/** The public backend test suite of ONNX, where somebody has it: not part of the repository, and never downloaded. */
package org.deepliftc.conformance.onnx.suite;

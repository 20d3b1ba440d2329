/** Imported models against ONNX Runtime, and back again through the language. */
package org.deepliftc.conformance.onnx;

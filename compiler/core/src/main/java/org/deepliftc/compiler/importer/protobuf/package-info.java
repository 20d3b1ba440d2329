/**
 * The wire format of protocol buffers, read without generated classes.
 *
 * <p>Input: bytes. Output: fields in order. Invariant: no read leaves the enclosing message, whatever the bytes claim.
 */
package org.deepliftc.compiler.importer.protobuf;

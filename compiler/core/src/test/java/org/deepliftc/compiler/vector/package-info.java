/**
 * Tests of vector code, run in a JVM with the module of the Vector API: the same bits as scalar code, whatever the batch,
 * the tile and the thread.
 */
package org.deepliftc.compiler.vector;

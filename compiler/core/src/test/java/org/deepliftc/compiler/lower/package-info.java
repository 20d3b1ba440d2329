/** Tests of lowering. */
package org.deepliftc.compiler.lower;

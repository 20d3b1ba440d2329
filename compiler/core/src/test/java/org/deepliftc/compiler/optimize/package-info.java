/** Tests of passes: the graph before, the graph expected after, equal values by the interpreter, and what it costs. */
package org.deepliftc.compiler.optimize;

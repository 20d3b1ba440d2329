/** Tests of what a user may ask for. */
package org.deepliftc.compiler.explain;

/** Tests of what explanations cost. */
package org.deepliftc.compiler.driver;

/**
 * Passes from graph to graph that keep the value of every output; their order stands in {@link
 * org.deepliftc.compiler.optimize.Optimizer}.
 */
package org.deepliftc.compiler.optimize;

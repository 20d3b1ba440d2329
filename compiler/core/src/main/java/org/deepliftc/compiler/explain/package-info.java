/**
 * What a user may ask for: point, target, references, method and rules, from an {@code explain} section, from flags or
 * from the Maven plugin, with what beats what.
 */
package org.deepliftc.compiler.explain;

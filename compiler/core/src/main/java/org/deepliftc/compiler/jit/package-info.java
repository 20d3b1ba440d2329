/**
 * Compiles generated source in this process. Input: a {@link org.deepliftc.compiler.emit.java.GeneratedClass}. Output:
 * a loaded {@link org.deepliftc.runtime.CompiledModel}. Invariant: source that does not compile is a defect of ours and
 * ends in a {@link org.deepliftc.compiler.jit.GeneratedCodeException}. The only package that knows Janino.
 */
package org.deepliftc.compiler.jit;

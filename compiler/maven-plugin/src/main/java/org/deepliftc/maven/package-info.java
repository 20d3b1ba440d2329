/**
 * The Maven plugin: compiles the models of a project before its Java sources are compiled.
 *
 * <p>In: the models below {@code src/main/deepliftc} and the settings of the POM. Out: a Java source per class and, for
 * all but the smallest models, a weights file in the resources. Invariant: what has not changed is neither compiled
 * nor written again, and what belongs to no model any more is deleted.
 */
package org.deepliftc.maven;

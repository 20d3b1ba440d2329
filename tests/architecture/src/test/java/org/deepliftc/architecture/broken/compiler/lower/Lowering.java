package org.deepliftc.architecture.broken.compiler.lower;

import org.deepliftc.architecture.broken.compiler.graph.KnowsEverything;

/** Half of a cycle. */
public record Lowering(KnowsEverything graph) {}

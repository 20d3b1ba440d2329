package org.deepliftc.architecture.broken.stray;

/** In a package that no layer knows. */
public record Stray() {}

package org.deepliftc.compiler.driver;

/**
 * A node of the model between its inputs and the explained point.
 *
 * @param operator the operator as the language spells it
 * @param rule the name of its rule
 * @param exact whether the node claims summation-to-delta: its rule does, and where it reads the positive and negative parts
 *     of a difference, no rule before it has lost some
 */
public record AuditedNode(String name, String operator, String rule, boolean exact) {}

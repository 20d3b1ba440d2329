package org.deepliftc.compiler.driver;

/**
 * A node that two explanations of a model treat by different rules.
 *
 * @param first the rule of one
 * @param second the rule of the other
 */
public record RuleDifference(String node, String operator, String first, String second) {}

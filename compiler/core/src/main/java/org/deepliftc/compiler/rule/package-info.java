/**
 * The multiplier rules and the derivation: model graph in, joint graph out.
 *
 * <p>A rule is a small function from a node and the multiplier of its output to the multipliers of its inputs; it
 * builds ordinary nodes, one file an operator, its equation in its Javadoc. {@link
 * org.deepliftc.compiler.rule.DeriveMultipliers} copies the forward graph onto example and reference and walks back
 * once. Invariant: the contributions of the inputs are functions of the joint graph alone; no later phase knows a rule.
 *
 * <p>A multiplier has two channels, so that rules which tell positive from negative differences fit; the ends of the
 * difference are whatever {@link org.deepliftc.compiler.rule.RuleContext} hands out, so that gradient methods and
 * interpolated points are the same walk.
 */
package org.deepliftc.compiler.rule;

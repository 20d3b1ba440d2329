package org.deepliftc.compiler.loop;

/**
 * When a step runs. The loops of an explanation, with the phase of each place:
 *
 * <pre>
 * for each reference, once (shared) or once per example:   REFERENCE
 * for each example:
 *   EXAMPLE
 *   START                                                  clears accumulators, for each target
 *   for each reference:
 *     for each point of a path:
 *       PAIR
 *       for each target:  PAIR_TARGET
 *   for each target:    FINISH, then results are copied to the caller
 * </pre>
 *
 * Without a path its loop runs once. Without a reference axis, and a path, PAIR is empty and PAIR_TARGET runs once; without a target axis the loops over targets run
 * once and have target slot 0.
 */
public enum Phase {
    /** Once, when the class is loaded: constants made from constants. */
    LOAD,
    /** The model's outputs of one example. */
    PREDICT,
    /** What depends on the reference alone. */
    REFERENCE,
    /** What depends on the example alone. */
    EXAMPLE,
    /** Before the first reference of an example, once for each target. */
    START,
    /** What depends on example and reference. */
    PAIR,
    /** What depends on the target, and perhaps on example and reference. */
    PAIR_TARGET,
    /** After the last reference, for each target. */
    FINISH
}

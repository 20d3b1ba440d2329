/**
 * What generated classes call and applications drive them with.
 *
 * <p>In: the weights file beside a class, and batches of rows. Out: the packed arrays the generated loops read, and
 * the rows a {@link org.deepliftc.runtime.CompiledModel} filled on as many threads as wanted. Invariant: no operator
 * is computed here, and nothing but the JDK is needed; every multiply of a model stands in its generated source.
 *
 * <pre>{@code
 * CompiledModel model = Digits.load();
 * float[] contributions = new float[images.length];
 * Batch batch = new Batch(10_000, images).contributions(contributions);
 * try (ParallelExplainer explainer = ParallelExplainer.of(model).threads(8).open()) {
 *     explainer.explain(batch);
 * }
 * }</pre>
 */
package org.deepliftc.runtime;

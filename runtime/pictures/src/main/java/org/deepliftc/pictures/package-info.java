/**
 * Pictures of explanations: sequence logos, heat maps, grids of panels, bar charts and network diagrams, as SVG or PNG.
 *
 * <p>Input: plain arrays and names. The chart builders ({@link org.deepliftc.pictures.SequenceLogo}, {@link
 * org.deepliftc.pictures.HeatMap}, {@link org.deepliftc.pictures.PanelGrid}, {@link org.deepliftc.pictures.BarChart}, {@link
 * org.deepliftc.pictures.GraphDiagram}) turn them into a {@link org.deepliftc.pictures.Picture}, a flat list of shapes
 * in CSS pixels with y pointing down. Output: SVG text or PNG bytes of that scene.
 *
 * <p>Invariant: both renderers draw the same scene, every coordinate in it is finite, and the same input gives the same
 * SVG byte for byte. Layout never measures a font: widths are estimated from above by {@link
 * org.deepliftc.pictures.TextWidth}, so that text fits whichever sans-serif face the viewer has.
 */
package org.deepliftc.pictures;

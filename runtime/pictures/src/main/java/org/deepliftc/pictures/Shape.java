package org.deepliftc.pictures;

/** One shape of a {@link Picture}; coordinates in pixels, y pointing down. */
public sealed interface Shape permits Rect, Line, Outline, Cells, Text {}

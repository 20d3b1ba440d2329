package org.deepliftc.pictures;

/** What a node of a {@link GraphDiagram} is; decides its colour and stands in the legend. */
public enum NodeKind {
    INPUT("input", 0xFFF4D6, 0xC9971C),
    PARAMETER("parameter", 0xF1F3F4, 0x80868B),
    AFFINE("affine", 0xDDE9F8, 0x2F6FB5),
    NONLINEARITY("nonlinearity", 0xFBE1DD, 0xC0453A),
    POOLING("pooling", 0xE0F2E4, 0x2F8F4E),
    PRODUCT("product", 0xF1E4F7, 0x8447A8),
    RECURRENT("recurrent", 0xD9F0F0, 0x16817F),
    SHAPE("shape", 0xFFFFFF, 0x9AA0A6),
    OUTPUT("output", 0x3C4043, 0x202124),
    OTHER("other", 0xF8F9FA, 0x5F6368);

    private final String label;
    private final Colour fill;
    private final Colour stroke;

    NodeKind(String label, int fill, int stroke) {
        this.label = label;
        this.fill = new Colour(fill);
        this.stroke = new Colour(stroke);
    }

    String label() {
        return label;
    }

    Colour fill() {
        return fill;
    }

    Colour stroke() {
        return stroke;
    }

    /** The colour of writing on the fill. */
    Colour ink() {
        return this == OUTPUT ? Colour.WHITE : Colour.INK;
    }
}

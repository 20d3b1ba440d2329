package org.deepliftc.compiler.loop;

import java.util.Objects;

/**
 * A flat array of the loop program; equal only to itself. Where it lives decides how a procedure gets it and whether
 * it comes with an offset.
 */
public final class Buffer {

    /** Where a buffer lives. */
    public enum Place {
        /** Known when compiling; a field of the model, read-only. */
        CONSTANT,
        /** Made from constants when the class is loaded; read-only afterwards. */
        DERIVED,
        /** A row of a model input the caller gave: comes with the offset of its row. */
        INPUT,
        /** A row of a reference the caller gave: comes with the offset of its row. */
        REFERENCE_INPUT,
        /** Belongs to one reference and is kept for all examples: comes with the offset of the reference's slot. */
        STATE,
        /** Scratch of a session; shares memory with buffers that are not alive at the same time. */
        WORKSPACE,
        /** Scratch within one step, the same for all rows; shares memory with what is not alive there. */
        SCRATCH,
        /** Collects over references; one slot for each target, comes with the offset of the target's slot. */
        ACCUMULATOR,
        /** A result of one example and target, before it is copied to the caller. */
        RESULT,
        /** The index of the current target (one INT). */
        TARGET,
        /** The number of the current point on the path from reference to example (one INT). */
        STEP;

        /** True for a single number that procedures get as it is, not as an array. */
        public boolean isNumber() {
            return this == TARGET || this == STEP;
        }
    }

    private final String name;
    private final Kind kind;
    private final int size;
    private final int used;
    private final Place place;

    /**
     * Makes a buffer.
     *
     * @param name the name of the node it holds, any text; the printer makes identifiers of it
     * @param kind REAL or INT
     * @param size elements (of one row, slot or example)
     */
    public Buffer(String name, Kind kind, int size, Place place) {
        this(name, kind, size, size, place);
    }

    /**
     * Makes a buffer whose rows are padded.
     *
     * @param size elements of one row with its padding
     * @param used elements of one row that mean something: the first ones
     */
    public Buffer(String name, Kind kind, int size, int used, Place place) {
        this.name = Objects.requireNonNull(name, "name");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.place = Objects.requireNonNull(place, "place");
        if (size < 1 || used > size || kind == Kind.BOOL) {
            throw new IllegalArgumentException("buffer " + name + " of " + size + " elements of kind " + kind);
        }
        this.size = size;
        this.used = used;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public int size() {
        return size;
    }

    /** The elements of a row that mean something; what follows them up to {@link #size()} is padding. */
    public int used() {
        return used;
    }

    public Place place() {
        return place;
    }

    /** True where the buffer holds a row for each row of the tile, {@link #size()} elements apart. */
    public boolean hasRows() {
        return place != Place.CONSTANT && place != Place.DERIVED && place != Place.SCRATCH && !place.isNumber();
    }

    /** True where the memory plan gives the buffer its array. */
    public boolean isPlanned() {
        return place == Place.WORKSPACE || place == Place.SCRATCH;
    }

    /** True where procedures get this buffer together with the offset of its first element. */
    public boolean hasOffset() {
        return switch (place) {
            case INPUT, REFERENCE_INPUT, STATE, ACCUMULATOR -> true;
            case CONSTANT, DERIVED, WORKSPACE, SCRATCH, RESULT, TARGET, STEP -> false;
        };
    }

    @Override
    public String toString() {
        return name + "[" + size + "]";
    }
}

package org.deepliftc.cli.input;

import java.util.Optional;

/** The references of one input, made row by row when they are needed. */
public interface ReferenceSource {

    /** How many references each example has. */
    int count();

    /** Whether references belong to the examples; if not, all examples share them. */
    boolean perExample();

    /** Writes reference {@code k} of {@code example} into {@code to} from {@code offset} on. */
    void write(int example, int k, Object to, int offset);

    /** What the user should know once all references are made. */
    default Optional<String> remark() {
        return Optional.empty();
    }

    /** The all-zero reference of an input of {@code size} elements. */
    static ReferenceSource zeros(int size) {
        return new ReferenceSource() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public boolean perExample() {
                return false;
            }

            @Override
            public void write(int example, int k, Object to, int offset) {
                for (int i = offset; i < offset + size; i++) {
                    Numbers.set(to, i, 0);
                }
            }
        };
    }

    /**
     * References held in an array {@code [examples or 1, count, input shape]}.
     *
     * @param size elements of one reference
     */
    static ReferenceSource rows(Object values, int count, boolean perExample, int size) {
        return new ReferenceSource() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public boolean perExample() {
                return perExample;
            }

            @Override
            public void write(int example, int k, Object to, int offset) {
                int row = perExample ? example * count + k : k;
                Numbers.copy(values, row * size, to, offset, size);
            }
        };
    }
}

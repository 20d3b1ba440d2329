package org.deepliftc.cli.bench;

import java.util.List;
import java.util.SplittableRandom;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.compiler.graph.Shape;

/** Seeded random rows for the inputs of a model: one-hot where an input declares it, standard normal elsewhere. */
public final class BenchInputs {
    private final List<InputDeclaration> inputs;
    private final Precision precision;

    public BenchInputs(List<InputDeclaration> inputs, Precision precision) {
        this.inputs = List.copyOf(inputs);
        this.precision = precision;
    }

    /** {@code rows} rows of every input; other seeds give other rows. */
    public Object[] rows(long rows, long seed) {
        Object[] arrays = new Object[inputs.size()];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < arrays.length; i++) {
            InputDeclaration input = inputs.get(i);
            Shape shape = input.shape();
            arrays[i] =
                    Numbers.allocate(precision, rows * shape.size(), rows + " rows of input '" + input.name() + "'");
            if (input.onehot().isPresent()) {
                oneHot(arrays[i], (int) rows, shape, input.onehot().getAsInt(), random);
            } else {
                normal(arrays[i], random);
                if (input.sum().isPresent()) {
                    constrain(arrays[i], (int) rows, shape, input.sum().get());
                }
            }
        }
        return arrays;
    }

    private static void oneHot(Object array, int rows, Shape shape, int axis, SplittableRandom random) {
        int stride = shape.strides()[axis];
        int extent = shape.dim(axis);
        for (int block = 0; block < rows * shape.size(); block += stride * extent) {
            for (int inner = 0; inner < stride; inner++) {
                Numbers.set(array, block + inner + random.nextInt(extent) * stride, 1);
            }
        }
    }

    /** Moves all elements of a line alike, so that they sum to what is declared. */
    private static void constrain(Object array, int rows, Shape shape, Model.SumConstraint constraint) {
        int stride = shape.strides()[constraint.axis()];
        int extent = shape.dim(constraint.axis());
        for (int block = 0; block < rows * shape.size(); block += stride * extent) {
            for (int inner = 0; inner < stride; inner++) {
                double sum = 0;
                for (int k = 0; k < extent; k++) {
                    sum += Numbers.get(array, block + inner + k * stride);
                }
                double shift = (constraint.value() - sum) / extent;
                for (int k = 0; k < extent; k++) {
                    int at = block + inner + k * stride;
                    Numbers.set(array, at, Numbers.get(array, at) + shift);
                }
            }
        }
    }

    /** By Box and Muller. */
    private static void normal(Object array, SplittableRandom random) {
        for (int i = 0; i < Numbers.length(array); i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            Numbers.set(array, i, radius * Math.cos(2 * Math.PI * random.nextDouble()));
        }
    }
}

package org.deepliftc.compiler.explain;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which neuron of the explained point is explained, or which expression of its neurons. */
public sealed interface Target permits Target.Neurons, Target.Profile, Target.Max, Target.Any {

    /** One or several weighted sums of neurons, each explained by itself. */
    record Neurons(List<Sum> sums) implements Target {
        public Neurons {
            sums = List.copyOf(sums);
            if (sums.isEmpty()) {
                throw new IllegalArgumentException("a target names at least one neuron");
            }
        }

        @Override
        public String toString() {
            return sums.stream().map(Sum::toString).collect(Collectors.joining(", "));
        }
    }

    /**
     * The profile of a track: the neurons less their mean, weighted by their softmax over the whole point, and summed.
     *
     * @param held whether the softmax is that of the example on both runs, as if it were constant; else it is explained, too
     */
    record Profile(boolean held) implements Target {
        @Override
        public String toString() {
            return held ? "profile" : "profile-with-softmax";
        }
    }

    /** The largest neuron of each example. */
    record Max() implements Target {
        @Override
        public String toString() {
            return "max";
        }
    }

    /** Chosen with every call. */
    record Any() implements Target {
        @Override
        public String toString() {
            return "any";
        }
    }

    /** A weighted sum of neurons. */
    record Sum(List<Term> terms) {
        public Sum {
            terms = List.copyOf(terms);
        }

        /** The sum's only neuron, where that has weight 1. */
        public boolean isNeuron() {
            return terms.size() == 1
                    && terms.get(0).weight() == 1
                    && !(terms.get(0).neuron() instanceof Everything);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (Term term : terms) {
                boolean first = text.length() == 0;
                double weight = first ? term.weight() : Math.abs(term.weight());
                text.append(first ? "" : term.weight() < 0 ? " - " : " + ");
                text.append(weight == 1 ? "" : weight + " * ").append(term.neuron());
            }
            return text.toString();
        }
    }

    /** A neuron, or all of them, with its finite weight. */
    record Term(double weight, Neuron neuron) {
        public Term {
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException("the weight of a neuron is finite, not " + weight);
            }
        }
    }

    /** Which neuron of a point. */
    sealed interface Neuron permits Flat, ByAxis, Everything {}

    /** The neuron at a flat, row-major position. */
    record Flat(int index) implements Neuron {
        @Override
        public String toString() {
            return String.valueOf(index);
        }
    }

    /** The neuron at a position along each axis. */
    record ByAxis(List<Integer> position) implements Neuron {
        public ByAxis {
            position = List.copyOf(position);
        }

        @Override
        public String toString() {
            return position.toString();
        }
    }

    /**
     * All neurons.
     *
     * @param mean their mean, not their sum
     */
    record Everything(boolean mean) implements Neuron {
        @Override
        public String toString() {
            return mean ? "mean" : "sum";
        }
    }

    /** The default: the first neuron. */
    Target FIRST = flat(0);

    /** One or several neurons by flat position. */
    static Target flat(Integer... indices) {
        return flat(Arrays.asList(indices));
    }

    /** One or several neurons by flat position. */
    static Target flat(List<Integer> indices) {
        return new Neurons(indices.stream()
                .map(index -> new Sum(List.of(new Term(1, new Flat(index)))))
                .toList());
    }

    /** One neuron by its position along each axis. */
    static Target byAxis(Integer... position) {
        return new Neurons(List.of(new Sum(List.of(new Term(1, new ByAxis(Arrays.asList(position)))))));
    }

    /**
     * Reads {@code 3}, {@code 0,3}, {@code [1,11]}, {@code 1 - 0}, {@code 0.5*[0,1] + 2*7}, {@code sum}, {@code mean},
     * {@code profile}, {@code profile-with-softmax}, {@code max} or {@code any}.
     *
     * @throws IllegalArgumentException where the text is none of these
     */
    static Target parse(String text) {
        return switch (text.trim().replace('_', '-')) {
            case "max" -> new Max();
            case "any" -> new Any();
            case "profile" -> new Profile(true);
            case "profile-with-softmax" -> new Profile(false);
            default -> new TargetParser(text).neurons();
        };
    }
}

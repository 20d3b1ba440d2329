package org.deepliftc.compiler.check;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/** What an expression stands for while a model is elaborated. */
sealed interface Value {

    /** What a message calls it. */
    String kind();

    /** A node of the graph. */
    record Tensor(Node node) implements Value {
        @Override
        public String kind() {
            return "a tensor " + node.shape();
        }
    }

    /** A whole number known when compiling. */
    record Whole(long value) implements Value {
        @Override
        public String kind() {
            return "the number " + value;
        }
    }

    /** A real number known when compiling; finite. */
    record Real(double value) implements Value {
        @Override
        public String kind() {
            return "the number " + value;
        }
    }

    /** A text. */
    record Text(String value) implements Value {
        @Override
        public String kind() {
            return "the text \"" + value + "\"";
        }
    }

    /** A word with a meaning of its own: true, false, same, valid. */
    record Word(String value) implements Value {
        @Override
        public String kind() {
            return "the word '" + value + "'";
        }
    }

    /**
     * A list.
     *
     * @param depth levels of lists in it, itself included
     * @param leaves elements that are no lists, over all levels
     */
    record Items(List<Value> elements, int depth, long leaves) implements Value {
        public Items {
            elements = List.copyOf(elements);
        }

        static Items of(List<Value> elements) {
            int depth = 0;
            long leaves = 0;
            for (Value element : elements) {
                boolean nested = element instanceof Items;
                depth = Math.max(depth, nested ? ((Items) element).depth : 0);
                leaves += nested ? ((Items) element).leaves : 1;
            }
            return new Items(elements, depth + 1, leaves);
        }

        @Override
        public String kind() {
            return "a list of " + elements.size();
        }
    }

    /** The values of a function that returns several. */
    record Several(List<Value> values) implements Value {
        public Several {
            values = List.copyOf(values);
        }

        @Override
        public String kind() {
            return values.size() + " values";
        }
    }

    /** The value of a definition that could not be elaborated: whatever uses it stays silent. */
    record Broken() implements Value {
        @Override
        public String kind() {
            return "nothing";
        }
    }
}

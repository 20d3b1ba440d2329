package org.deepliftc.data.sequence;

import java.util.Objects;

/**
 * Shuffles a sequence so that every pair of neighbouring symbols occurs as often as before.
 *
 * <p>A sequence is a walk over its symbols that takes each pair as an edge once: an Eulerian trail. The last exits of
 * all symbols but the final one form a tree towards the final symbol, and any such tree together with any order of the
 * other exits makes exactly one trail (the BEST theorem). So drawing the tree uniformly by Wilson's algorithm (1996)
 * and the orders by Fisher-Yates draws uniformly from all trails, and so from all distinct sequences with the same
 * first and last symbol and the same pair counts. Shufflers that keep each symbol's last exit where it was reach only
 * some of them.
 *
 * <p>Symbols are bytes of any value. An instance is the workspace of one thread; once it has seen a length it allocates
 * nothing for sequences up to that length.
 */
public final class DinucleotideShuffle {
    private static final int SYMBOLS = 256;

    private final ShuffleRandom random = new ShuffleRandom();
    /** Dense number of each byte value, -1 for those that do not occur. */
    private final int[] dense = new int[SYMBOLS];

    private final byte[] symbol = new byte[SYMBOLS];
    private final int[] start = new int[SYMBOLS + 1];
    private final int[] cursor = new int[SYMBOLS];
    private final int[] lastExit = new int[SYMBOLS];
    private final boolean[] inTree = new boolean[SYMBOLS];
    private byte[] exits = new byte[0];
    private byte[] order = new byte[0];
    private int symbols;
    private int length;
    private int first;
    private int last;

    /**
     * Takes the sequence to shuffle: {@code length} bytes of {@code source} starting at {@code from}.
     *
     * @return this
     */
    public DinucleotideShuffle load(byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        this.length = length;
        if (exits.length < length) {
            exits = new byte[length];
            order = new byte[length];
        }
        if (length > 0) {
            numberSymbols(source, from);
            sortExits(source, from);
        }
        return this;
    }

    private void numberSymbols(byte[] source, int from) {
        java.util.Arrays.fill(dense, -1);
        symbols = 0;
        for (int i = from; i < from + length; i++) {
            int value = source[i] & 0xff;
            if (dense[value] < 0) {
                dense[value] = symbols;
                symbol[symbols] = source[i];
                start[++symbols] = 0;
            }
            start[dense[value] + 1]++;
        }
        first = dense[source[from] & 0xff];
        last = dense[source[from + length - 1] & 0xff];
        start[last + 1]--;
    }

    /** Groups the exits of each symbol, in the order of the sequence: the state every shuffle starts from. */
    private void sortExits(byte[] source, int from) {
        start[0] = 0;
        for (int v = 0; v < symbols; v++) {
            cursor[v] = start[v];
            start[v + 1] += start[v];
        }
        for (int i = from; i < from + length - 1; i++) {
            exits[cursor[dense[source[i] & 0xff]]++] = (byte) dense[source[i + 1] & 0xff];
        }
    }

    /** Loads a sequence and writes one shuffle of it; {@code source} and {@code target} may be the same. */
    public void shuffle(
            byte[] source, int from, int length, byte[] target, int to, long seed, long example, long shuffle) {
        load(source, from, length).shuffle(target, to, seed, example, shuffle);
    }

    /** Writes shuffle number {@code shuffle} of the loaded sequence, which is example {@code example} of the data. */
    public void shuffle(byte[] target, int to, long seed, long example, long shuffle) {
        Objects.checkFromIndexSize(to, length, target.length);
        if (length == 0) {
            return;
        }
        random.start(seed, example, shuffle);
        System.arraycopy(exits, 0, order, 0, length - 1);
        drawTree();
        for (int v = 0; v < symbols; v++) {
            cursor[v] = start[v];
            shuffleExits(v);
        }
        walk(target, to);
    }

    /**
     * Wilson's algorithm: random walks to the tree, whose loops are erased because a later exit replaces an earlier.
     */
    private void drawTree() {
        for (int v = 0; v < symbols; v++) {
            inTree[v] = v == last;
        }
        for (int v = 0; v < symbols; v++) {
            for (int u = v; !inTree[u]; u = exits[lastExit[u]] & 0xff) {
                lastExit[u] = start[u] + random.below(start[u + 1] - start[u]);
            }
            for (int u = v; !inTree[u]; u = exits[lastExit[u]] & 0xff) {
                inTree[u] = true;
            }
        }
    }

    private void shuffleExits(int v) {
        int begin = start[v];
        int end = start[v + 1];
        if (v != last) {
            end--;
            byte tree = order[lastExit[v]];
            order[lastExit[v]] = order[end];
            order[end] = tree;
        }
        for (int i = end - 1; i > begin; i--) {
            int j = begin + random.below(i - begin + 1);
            byte held = order[i];
            order[i] = order[j];
            order[j] = held;
        }
    }

    private void walk(byte[] target, int to) {
        int v = first;
        target[to] = symbol[v];
        for (int i = to + 1; i < to + length; i++) {
            v = order[cursor[v]++] & 0xff;
            target[i] = symbol[v];
        }
    }

    /**
     * The natural logarithm of how many distinct sequences the shuffles of the loaded one can be, by the BEST and
     * matrix-tree theorems: trees times orders of the other exits, over the orders among equal pairs.
     */
    public double logDistinct() {
        if (length < 3) {
            return 0;
        }
        double[][] pairs = new double[symbols][symbols];
        double log = 0;
        for (int v = 0; v < symbols; v++) {
            for (int e = start[v]; e < start[v + 1]; e++) {
                pairs[v][exits[e] & 0xff]++;
            }
            int free = start[v + 1] - start[v] - (v == last ? 0 : 1);
            log += logFactorial(free);
            for (double count : pairs[v]) {
                log -= logFactorial((int) count);
            }
        }
        return log + logTrees(pairs);
    }

    /** Whether every shuffle gives the loaded sequence back, as for ACACAC: there is nothing to average over then. */
    public boolean isOnlyItself() {
        return logDistinct() < 0.5 * Math.log(2);
    }

    /**
     * Log determinant of the Laplacian without the final symbol: diagonally dominant, so elimination needs no pivots.
     */
    private double logTrees(double[][] pairs) {
        double log = 0;
        double[][] matrix = new double[symbols][symbols];
        for (int v = 0; v < symbols; v++) {
            for (int w = 0; w < symbols; w++) {
                matrix[v][w] = w == v ? start[v + 1] - start[v] - pairs[v][v] : -pairs[v][w];
            }
        }
        for (int k = 0; k < symbols; k++) {
            if (k == last) {
                continue;
            }
            log += Math.log(matrix[k][k]);
            for (int i = k + 1; i < symbols; i++) {
                eliminate(matrix, i, k);
            }
        }
        return log;
    }

    private void eliminate(double[][] matrix, int i, int k) {
        double factor = matrix[i][k] / matrix[k][k];
        if (i == last || factor == 0) {
            return;
        }
        for (int j = k; j < symbols; j++) {
            matrix[i][j] -= factor * matrix[k][j];
        }
    }

    private static double logFactorial(int n) {
        if (n < 32) {
            double product = 1;
            for (int i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double x = n + 1.0;
        return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x * x * x);
    }
}

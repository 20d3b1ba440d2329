package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.loop.Expr;

/**
 * Winograd's minimal filtering F(m, 3) along one axis: m outputs of a filter of three taps with m + 2 products instead of
 * 3 m (Winograd 1980; Lavin and Gray, arXiv 1509.09308, sections 4.1 to 4.3). With points 0, 1, -1 (and 2, -2, and 4
 * outputs) and infinity:
 *
 * <pre>
 * y = A^T ((G g) . (B^T d))
 * </pre>
 *
 * <p>Rows of a matrix are lists of coefficients; 0 costs nothing and 1 costs an addition.
 */
enum WinogradForm {
    F2(
            2,
            new double[][] {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}},
            new double[][] {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}},
            new double[][] {{1, 1, 1, 0}, {0, 1, -1, -1}}),
    F4(
            4,
            new double[][] {
                {4, 0, -5, 0, 1, 0},
                {0, -4, -4, 1, 1, 0},
                {0, 4, -4, -1, 1, 0},
                {0, -2, -1, 2, 1, 0},
                {0, 2, -1, -2, 1, 0},
                {0, 4, 0, -5, 0, 1},
            },
            new double[][] {
                {1 / 4.0, 0, 0},
                {-1 / 6.0, -1 / 6.0, -1 / 6.0},
                {-1 / 6.0, 1 / 6.0, -1 / 6.0},
                {1 / 24.0, 1 / 12.0, 1 / 6.0},
                {1 / 24.0, -1 / 12.0, 1 / 6.0},
                {0, 0, 1},
            },
            new double[][] {{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}});

    /** Taps of the filter along each axis. */
    static final int TAPS = 3;

    private final int outputs;
    private final double[][] input;
    private final double[][] filter;
    private final double[][] output;

    WinogradForm(int outputs, double[][] input, double[][] filter, double[][] output) {
        this.outputs = outputs;
        this.input = input;
        this.filter = filter;
        this.output = output;
    }

    /** Outputs of a tile along an axis. */
    int outputs() {
        return outputs;
    }

    /** Inputs of a tile along an axis, and products. */
    int products() {
        return outputs + TAPS - 1;
    }

    /** B^T d. */
    List<Expr> ofInput(List<Expr> d, Code code) {
        return transformed(input, d, "v", code);
    }

    /** G g. */
    List<Expr> ofFilter(List<Expr> g, Code code) {
        return transformed(filter, g, "u", code);
    }

    /** A^T m. */
    List<Expr> ofOutput(List<Expr> m, Code code) {
        return transformed(output, m, "y", code);
    }

    private static List<Expr> transformed(double[][] matrix, List<Expr> values, String name, Code code) {
        List<Expr> results = new ArrayList<>();
        for (double[] row : matrix) {
            Expr sum = null;
            for (int k = row.length - 1; k >= 0; k--) {
                sum = row[k] == 0 ? sum : plus(sum, row[k], values.get(k));
            }
            results.add(code.let(name, sum));
        }
        return results;
    }

    private static Expr plus(Expr sum, double factor, Expr value) {
        if (sum == null) {
            return factor == 1 ? value : Code.multiply(value, Code.real(factor));
        } else if (factor == 1) {
            return Code.add(sum, value);
        } else if (factor == -1) {
            return Code.subtract(sum, value);
        }
        return new Expr.Fma(value, Code.real(factor), sum);
    }
}

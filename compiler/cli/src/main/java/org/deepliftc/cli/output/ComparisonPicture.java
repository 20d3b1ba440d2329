package org.deepliftc.cli.output;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.deepliftc.cli.input.ImageLayout;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.pictures.PanelGrid;
import org.deepliftc.pictures.Picture;

/**
 * What several methods say of the same images, side by side as in Figure 2 of the paper: a row is an example, its first
 * panel the image. Channels are summed; of scores that are no contributions the magnitude is shown (the gradient), of
 * contributions the positive part.
 */
public final class ComparisonPicture {
    private final List<Method> methods;
    private final List<Explanation> runs;
    private final int examples;
    private final int input;
    private final ImageLayout layout;

    /**
     * The picture of at most {@code most} examples.
     *
     * @param runs what each method says of the same examples and target
     * @throws UserError if no input is an image, or there are several targets
     */
    public ComparisonPicture(List<Method> methods, List<Explanation> runs, int most) {
        this.methods = List.copyOf(methods);
        this.runs = List.copyOf(runs);
        this.examples = Math.min(most, runs.get(0).examples().count());
        this.input = image(runs.get(0).inputs());
        this.layout =
                ImageLayout.of(runs.get(0).inputs().get(input).shape().dims()).orElseThrow();
        if (runs.get(0).targets() != 1) {
            throw new UserError("a picture that compares methods shows one target, not "
                    + runs.get(0).targets() + "; choose one with --target");
        }
    }

    /** How many examples are drawn. */
    public int examples() {
        return examples;
    }

    /** The input drawn: the first image. */
    public int input() {
        return input;
    }

    private static int image(List<InputDeclaration> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            if (ImageLayout.of(inputs.get(i).shape().dims()).isPresent()) {
                return i;
            }
        }
        throw new UserError("a picture that compares methods is drawn over images, and no input of the model is one"
                + " ([channels, height, width] or [height, width]); explain with one method at a time");
    }

    /**
     * Draws it.
     *
     * @param about what is explained, in a few words
     */
    public Picture draw(String about) {
        Explanation first = runs.get(0);
        PanelGrid.Builder grid = PanelGrid.builder()
                .columns(columns())
                .footnote(about + ". Each panel is scaled to its own largest value. Red: raises the target; grey:"
                        + " magnitude without a sign.");
        int size = first.inputs().get(input).shape().size();
        for (int example = 0; example < examples; example++) {
            grid.row(first.title(example, 0), details(example));
            grid.image(layout.seen(Numbers.slice(first.examples().arrays()[input], example * size, size)));
            for (int i = 0; i < runs.size(); i++) {
                double[][] map = layout.summed(runs.get(i).contributions(input, example, 0));
                if (isContribution(methods.get(i))) {
                    grid.scores(each(map, value -> Math.max(0, value)));
                } else {
                    grid.magnitudes(each(map, Math::abs));
                }
            }
        }
        return grid.build();
    }

    private String[] columns() {
        String[] titles = new String[methods.size() + 1];
        titles[0] = "original";
        for (int i = 0; i < methods.size(); i++) {
            String name = name(methods.get(i));
            titles[i + 1] = isContribution(methods.get(i)) ? "positive " + name : "|" + name + "|";
        }
        return titles;
    }

    /** The output, and the reference's where a method has one. */
    private String[] details(int example) {
        Explanation shown = runs.stream()
                .filter(run -> run.reference().isPresent())
                .findFirst()
                .orElse(runs.get(0));
        return shown.detail(example, 0).split(", ", -1);
    }

    private static boolean isContribution(Method method) {
        return method.hasMultipliers() || method == Method.LRP;
    }

    private static String name(Method method) {
        return Map.of(
                        Method.DEEPLIFT, "DeepLIFT",
                        Method.LRP, "LRP",
                        Method.GRADIENT_X_INPUT, "gradient \u00d7 input",
                        Method.GUIDED_BACKPROP, "guided backprop")
                .getOrDefault(method, method.spelling().replace('-', ' '));
    }

    private static double[][] each(double[][] map, DoubleUnaryOperator shown) {
        double[][] result = new double[map.length][];
        for (int row = 0; row < map.length; row++) {
            result[row] = java.util.Arrays.stream(map[row]).map(shown).toArray();
        }
        return result;
    }
}

package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates of text width from above: the advances of the widest common sans-serif face (DejaVu Sans, about a sixth
 * wider than Helvetica), so that what fits here fits in every viewer.
 */
final class TextWidth {
    /** Advances of the characters 32 to 126 in thousandths of the font size. */
    private static final int[] REGULAR = {
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
        636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
        1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
        603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
        635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838
    };

    private static final int[] BOLD = {
        348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365,
        696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580,
        1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850,
        733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500,
        500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687,
        716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838
    };

    /** Everything else, Cyrillic and ideographs included. */
    private static final int OTHER = 1100;

    private static final String ELLIPSIS = "\u2026";

    private TextWidth() {}

    /** An upper estimate in pixels. */
    static double of(String text, double size, Text.Weight weight) {
        int[] advances = weight == Text.Weight.BOLD ? BOLD : REGULAR;
        long thousandths = text.codePoints()
                .mapToLong(point -> point >= 32 && point < 127 ? advances[point - 32] : OTHER)
                .sum();
        return thousandths * size / 1000;
    }

    static double of(String text, double size) {
        return of(text, size, Text.Weight.REGULAR);
    }

    /** The text itself if it fits, else its beginning with an ellipsis, else nothing. */
    static String fit(String raw, double width, double size, Text.Weight weight) {
        String text = Text.clean(raw);
        // No face is narrower than a fifth of its size a character on average; longer text need not be measured.
        int most = (int) Math.min(text.length(), Math.max(0, width / size * 5) + 1);
        if (most == text.length() && of(text, size, weight) <= width) {
            return text;
        }
        int end = most;
        while (end > 0) {
            end = text.offsetByCodePoints(end, -1);
            String shortened = text.substring(0, end).stripTrailing() + ELLIPSIS;
            if (of(shortened, size, weight) <= width) {
                return shortened;
            }
        }
        return "";
    }

    static String fit(String raw, double width, double size) {
        return fit(raw, width, size, Text.Weight.REGULAR);
    }

    /** Breaks text at spaces into lines that fit; the last of {@code most} lines is cut short if need be. */
    static List<String> wrap(String raw, double width, double size, Text.Weight weight, int most) {
        List<String> lines = new ArrayList<>();
        String rest = Text.clean(raw).strip();
        while (!rest.isEmpty()
                && lines.size() < most - 1
                && !fit(rest, width, size, weight).equals(rest)) {
            String line = fit(rest, width, size, weight);
            int space = line.lastIndexOf(' ');
            if (space <= 0) {
                break;
            }
            lines.add(rest.substring(0, space));
            rest = rest.substring(space).strip();
        }
        if (!rest.isEmpty()) {
            lines.add(fit(rest, width, size, weight));
        }
        return lines;
    }
}

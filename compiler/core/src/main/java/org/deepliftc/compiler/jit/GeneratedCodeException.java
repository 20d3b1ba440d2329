package org.deepliftc.compiler.jit;

/** Generated source did not compile or load: a defect of the compiler, never of the model. */
public final class GeneratedCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with a message for a person, which shows the generated line. */
    public GeneratedCodeException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * The message for a problem at a line of generated source: the line itself and the comment of the method it stands
     * in, which names the node of the model.
     *
     * @param line counts from 1; anything outside the source where it is not known
     */
    static GeneratedCodeException at(String className, String source, int line, String problem, Throwable cause) {
        String[] lines = source.split("\n", -1);
        StringBuilder message = new StringBuilder("generated class " + className + " does not compile: " + problem);
        if (line >= 1 && line <= lines.length) {
            message.append("\n  line ").append(line).append(": ").append(lines[line - 1].strip());
            String comment = commentAbove(lines, line - 1);
            if (!comment.isEmpty()) {
                message.append("\n  in: ").append(comment);
            }
        }
        return new GeneratedCodeException(
                message.append("\nThis is a defect of deepliftc; please report it with the model.")
                        .toString(),
                cause);
    }

    /** The first line of the nearest documentation comment above a line. */
    private static String commentAbove(String[] lines, int from) {
        for (int i = Math.min(from, lines.length - 1); i >= 0; i--) {
            String line = lines[i].strip();
            if (line.equals("/**") && i + 1 < lines.length) {
                return lines[i + 1].strip().replaceFirst("^\\* ?", "");
            } else if (line.startsWith("/** ")) {
                return line.substring("/** ".length());
            }
        }
        return "";
    }
}

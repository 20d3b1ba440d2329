package org.deepliftc.data;

import java.io.IOException;

/** Says which file and entry cannot be used, what is wrong with it, and what to do about it. */
public final class DataFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String entry;
    private final String problem;
    private final String remedy;

    /**
     * Makes an exception whose message reads {@code file: entry: problem; remedy}.
     *
     * @param entry what inside the file is meant, such as a tensor's name or "line 3"; empty for the whole file
     */
    public DataFormatException(String file, String entry, String problem, String remedy) {
        super(printable(file + (entry.isEmpty() ? "" : ": " + entry) + ": " + problem + "; " + remedy));
        this.file = file;
        this.entry = entry;
        this.problem = problem;
        this.remedy = remedy;
    }

    DataFormatException(String file, String entry, String problem, String remedy, Throwable cause) {
        this(file, entry, problem, remedy);
        initCause(cause);
    }

    public String file() {
        return file;
    }

    public String entry() {
        return entry;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }

    /** Names come from untrusted files: control characters must not reach a terminal. */
    private static String printable(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().limit(4000).forEach(c -> {
            if (Character.isISOControl(c)) {
                result.append(String.format("\\u%04x", c));
            } else {
                result.appendCodePoint(c);
            }
        });
        return result.toString();
    }
}

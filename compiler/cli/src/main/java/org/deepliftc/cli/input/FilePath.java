package org.deepliftc.cli.input;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.deepliftc.cli.terminal.UserError;

/** Names of files as users write them. */
public final class FilePath {
    private FilePath() {}

    /** @throws UserError if the text is no path on this system */
    public static Path of(String text) {
        if (text.isEmpty()) {
            throw new UserError("the name of a file is empty");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UserError(
                    "'" + text.replaceAll("\\p{Cntrl}", "?") + "' is no file name on this system: " + e.getReason());
        }
    }
}

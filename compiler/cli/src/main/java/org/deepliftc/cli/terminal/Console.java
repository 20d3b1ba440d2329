package org.deepliftc.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err errors, warnings and progress
 * @param interactive whether a person watches {@code err}, so that progress may be drawn over itself
 */
public record Console(PrintWriter out, PrintWriter err, boolean interactive) {

    /** The standard streams of this process. */
    public static Console ofProcess() {
        return new Console(writer(FileDescriptor.out), writer(FileDescriptor.err), standardErrorIsTerminal());
    }

    /** Says something the user should know that does not stop the work. */
    public void warn(String message) {
        err.println("warning: " + message);
        err.flush();
    }

    /** Says what is wrong. */
    public void error(String message) {
        out.flush();
        err.println("error: " + message);
        err.flush();
    }

    /** Makes everything written so far visible. */
    public void flush() {
        out.flush();
        err.flush();
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), charset()));
    }

    /** The encoding of the terminal; {@code stdout.encoding} is set from Java 19 on. */
    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.jnu.encoding", "UTF-8"));
        // A C locale reports ASCII, in which names such as "β1" would print as question marks.
        boolean usable =
                Charset.isSupported(name) && !Charset.forName(name).equals(java.nio.charset.StandardCharsets.US_ASCII);
        return usable ? Charset.forName(name) : java.nio.charset.StandardCharsets.UTF_8;
    }

    /**
     * Java only tells whether input and output are a terminal, so ask the system about standard error where it says. The
     * launcher says itself where it stands between this process and the terminal.
     */
    private static boolean standardErrorIsTerminal() {
        String said = System.getProperty("deepliftc.terminal");
        if (said != null) {
            return said.equals("true");
        }
        Path descriptor = Path.of("/proc/self/fd/2");
        try {
            if (Files.exists(descriptor)) {
                String target = descriptor.toRealPath().toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            }
        } catch (IOException | SecurityException e) {
            return false; // a pipe or socket has no path
        }
        return System.console() != null && System.getenv("TERM") != null;
    }
}

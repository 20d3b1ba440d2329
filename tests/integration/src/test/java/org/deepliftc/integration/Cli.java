package org.deepliftc.integration;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.deepliftc.cli.Main;
import org.deepliftc.cli.terminal.Console;

/**
 * A finished command.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Cli(int code, String out, String err) {

    /** Runs a command in this process; {@code @/} in an argument stands for {@code folder}. */
    static Cli run(Path folder, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false);
        int code = Main.run(console, in(folder, args));
        return new Cli(code, out.toString(), err.toString());
    }

    /** The arguments with the folder put in. */
    static String[] in(Path folder, String... args) {
        return Arrays.stream(args)
                .map(arg -> arg.replace("@/", folder + "/").replace("@.", folder.toString()))
                .toArray(String[]::new);
    }

    @Override
    public String toString() {
        return "exit " + code + "\n--- out\n" + out + "--- err\n" + err;
    }
}

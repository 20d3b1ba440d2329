package org.deepliftc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deepliftc.cli.Main;
import org.deepliftc.cli.terminal.Console;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands on the page of an example print what the page says, and draw the picture that stands there. {@code
 * -Dexamples.accept=true} takes fresh pictures over, to be looked at before they are committed.
 */
class ReadmeTest {
    @TempDir
    Path scratch;

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(""))) {
            return folders.map(folder -> folder.resolve("README.md")).filter(Files::exists).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsDoWhatThePageSays(Path page) throws IOException {
        if (page.startsWith("vgg16")) {
            assumeTrue(Boolean.getBoolean("examples.vgg16"), "three compilations of VGG16: -Dexamples.vgg16=true");
            SeededModel.VGG16.make();
        }
        List<Session> sessions = Session.of(Files.readAllLines(page));
        assertThat(sessions).as("commands of %s", page).isNotEmpty();
        for (Session session : sessions) {
            session.requireShown(run(session.command()));
        }
        try (Stream<Path> made = Files.walk(scratch)) {
            made.filter(file -> file.toString().matches(".*\\.(svg|png)"))
                    .forEach(picture -> requireShown(picture, page.resolveSibling(picture.getFileName())));
        }
    }

    private String run(List<String> command) throws IOException {
        switch (command.get(0)) {
            case "cat":
                return Files.readString(scratch.resolve(command.get(1)));
            case "cut": // cut -d, -f1-N FILE
                int columns = Integer.parseInt(command.get(2).replace("-f1-", ""));
                return Files.readAllLines(scratch.resolve(command.get(3))).stream()
                        .map(line -> String.join(",", List.of(line.split(",")).subList(0, columns)) + "\n")
                        .collect(Collectors.joining());
            case "./deepliftc":
                return deepliftc(command.subList(1, command.size()));
            default:
                throw new AssertionError("an unknown command: " + command);
        }
    }

    private String deepliftc(List<String> words) {
        List<String> args = new ArrayList<>();
        Path root = Path.of("").toAbsolutePath().getParent();
        for (String word : words) {
            boolean writes = !args.isEmpty() && args.get(args.size() - 1).matches("-o|-d|--json");
            args.add(
                    writes
                            ? scratch.resolve(word).toString()
                            : word.replace("generated-examples/", root + "/generated-examples/"));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.run(new Console(new PrintWriter(out), new PrintWriter(err), false), args.toArray(String[]::new));
        assertThat(code).as("%s\n%s", words, err).isZero();
        return out.toString().replace(scratch + "/", "").replace(root + "/", "");
    }

    /** SVG is the same byte for byte; PNG depends on the fonts of the machine, but not its size. */
    private static void requireShown(Path fresh, Path shown) {
        try {
            if (Boolean.getBoolean("examples.accept")) {
                Files.copy(fresh, shown, StandardCopyOption.REPLACE_EXISTING);
            }
            assertThat(shown).exists();
            if (fresh.toString().endsWith(".svg")) {
                assertThat(shown).hasSameTextualContentAs(fresh);
            } else {
                var drawn = ImageIO.read(fresh.toFile());
                var kept = ImageIO.read(shown.toFile());
                assertThat(kept.getWidth()).as("width of %s", shown).isEqualTo(drawn.getWidth());
                assertThat(kept.getHeight()).as("height of %s", shown).isEqualTo(drawn.getHeight());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command of a page, and what the page shows of its output; a line of three points stands for any lines. */
    private record Session(List<String> command, List<String> shown) {
        static List<Session> of(List<String> page) {
            List<Session> sessions = new ArrayList<>();
            boolean inside = false;
            boolean shows = false;
            String command = "";
            for (String line : page) {
                if (line.startsWith("```")) {
                    inside = !inside;
                    shows = false;
                } else if (inside && (line.startsWith("$ ") || command.endsWith("\\"))) {
                    command = command.replaceAll("\\\\$", "") + line.replaceFirst("^\\$ ", "");
                    if (!command.endsWith("\\")) {
                        sessions.add(new Session(words(command), new ArrayList<>()));
                        shows = true;
                        command = "";
                    }
                } else if (shows) {
                    sessions.get(sessions.size() - 1).shown.add(line);
                }
            }
            return sessions;
        }

        private static List<String> words(String command) {
            return Stream.of(command.trim().split("\\s+"))
                    .map(word -> word.replace("'", ""))
                    .toList();
        }

        void requireShown(String output) {
            List<String> lines = output.lines().map(String::stripTrailing).toList();
            int at = 0;
            boolean anywhere = false;
            for (String line : shown) {
                if (line.equals("...")) {
                    anywhere = true;
                    continue;
                }
                while (anywhere && at < lines.size() && !lines.get(at).equals(line)) {
                    at++;
                }
                assertThat(lines).as("%s printed\n%s", command, output).hasSizeGreaterThan(at);
                assertThat(lines.get(at)).as("line %s of %s", at, command).isEqualTo(line);
                at++;
                anywhere = false;
            }
        }
    }
}

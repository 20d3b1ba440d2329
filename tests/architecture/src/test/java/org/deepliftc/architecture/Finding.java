package org.deepliftc.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A line of a file that should not be there; it prints as compilers print, so that an editor can jump to it. */
record Finding(Path file, int line, String text) {
    /** The lines of the given files that hold the pattern. */
    static List<Finding> search(Repository repository, Predicate<Path> files, Pattern pattern) {
        return repository.files().stream()
                .filter(files)
                .flatMap(file -> inFile(file, repository.lines(file), pattern))
                .toList();
    }

    static Stream<Finding> inFile(Path file, List<String> lines, Pattern pattern) {
        return IntStream.range(0, lines.size())
                .filter(i -> pattern.matcher(lines.get(i)).find())
                .mapToObj(i -> new Finding(file, i + 1, lines.get(i).strip()));
    }

    @Override
    public String toString() {
        return Repository.slashed(file) + ":" + line + ": " + text;
    }
}

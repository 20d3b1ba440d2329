package org.deepliftc.data;

/** Where bytes come from, for messages: a file and, where it has several, the entry. */
record Origin(String file, String entry) {
    static Origin of(java.nio.file.Path file) {
        return new Origin(file.toString(), "");
    }

    Origin entry(String name) {
        return new Origin(file, "'" + name + "'");
    }

    DataFormatException error(String problem, String remedy) {
        return new DataFormatException(file, entry, problem, remedy);
    }

    DataFormatException error(String problem, String remedy, Throwable cause) {
        return new DataFormatException(file, entry, problem, remedy, cause);
    }

    @Override
    public String toString() {
        return entry.isEmpty() ? file : file + ": " + entry;
    }
}

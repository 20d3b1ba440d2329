package org.deepliftc.data;

import java.util.Arrays;

/** The Python dictionary in an npy header: exactly the keys descr, fortran_order and shape. */
record NpyDictionary(String descr, boolean fortran, long[] shape) {

    static NpyDictionary parse(String text, Origin origin) throws DataFormatException {
        return new Parser(text, origin).parse();
    }

    /** A parser of just this dictionary; nothing nests, so nothing can be too deep. */
    private static final class Parser {
        private final String text;
        private final Origin origin;
        private int at;
        private String descr;
        private Boolean fortran;
        private long[] shape;

        Parser(String text, Origin origin) {
            this.text = text;
            this.origin = origin;
        }

        NpyDictionary parse() throws DataFormatException {
            expect('{');
            while (!accept('}')) {
                String key = string();
                expect(':');
                entry(key);
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            skipSpace();
            if (at < text.length()) {
                throw malformed("nothing more after the dictionary");
            }
            if (descr == null || fortran == null || shape == null) {
                throw malformed("the keys descr, fortran_order and shape");
            }
            return new NpyDictionary(descr, fortran, shape);
        }

        private void entry(String key) throws DataFormatException {
            if (key.equals("descr") && descr == null) {
                descr = descr();
            } else if (key.equals("fortran_order") && fortran == null) {
                fortran = bool();
            } else if (key.equals("shape") && shape == null) {
                shape = tuple();
            } else {
                throw malformed("each of descr, fortran_order and shape once, not '" + key + "'");
            }
        }

        private String descr() throws DataFormatException {
            skipSpace();
            if (at < text.length() && (text.charAt(at) == '[' || text.charAt(at) == '(')) {
                throw origin.error("it holds records with several fields", "save one plain array per field instead");
            }
            return string();
        }

        private String string() throws DataFormatException {
            skipSpace();
            char quote = at < text.length() ? text.charAt(at) : 0;
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0) {
                throw malformed("a quoted text");
            }
            String result = text.substring(at + 1, end);
            at = end + 1;
            return result;
        }

        private boolean bool() throws DataFormatException {
            skipSpace();
            for (String word : new String[] {"True", "False"}) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("True");
                }
            }
            throw malformed("True or False");
        }

        private long[] tuple() throws DataFormatException {
            long[] result = new long[Shapes.MAX_RANK];
            int rank = 0;
            expect('(');
            while (!accept(')')) {
                if (rank == Shapes.MAX_RANK) {
                    throw malformed("at most " + Shapes.MAX_RANK + " axes");
                }
                result[rank++] = integer();
                if (!accept(',')) {
                    expect(')');
                    break;
                }
            }
            return Arrays.copyOf(result, rank);
        }

        private long integer() throws DataFormatException {
            skipSpace();
            int start = at;
            while (at < text.length()
                    && (Character.digit(text.charAt(at), 10) >= 0 || at == start && text.charAt(at) == '-')) {
                at++;
            }
            try {
                long value = Long.parseLong(text.substring(start, at));
                if (at < text.length() && text.charAt(at) == 'L') { // Python 2 wrote long integers so
                    at++;
                }
                return value;
            } catch (NumberFormatException e) {
                throw malformed("a dimension that is a 64-bit integer");
            }
        }

        private void expect(char c) throws DataFormatException {
            if (!accept(c)) {
                throw malformed("'" + c + "'");
            }
        }

        private boolean accept(char c) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private void skipSpace() {
            while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private DataFormatException malformed(String wanted) {
            String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text.strip();
            return origin.error(
                    "the npy header " + shown + " is malformed at character " + at + ", where it should have " + wanted,
                    "save the array again with numpy.save");
        }
    }
}

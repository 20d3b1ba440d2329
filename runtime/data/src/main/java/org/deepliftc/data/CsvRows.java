package org.deepliftc.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Collects the rows of a csv file into one array. */
final class CsvRows {
    private final Csv.Header header;
    private final Origin origin;
    private final boolean decimalComma;
    private final List<String> rowNames = new ArrayList<>();
    private List<String> head = List.of();
    private double[] values = new double[1024];
    private int count;
    private int rows;
    private int width = -1;
    private boolean named;
    private boolean started;

    /** @param decimalComma whether 1,5 is a number, as where semicolons separate the fields */
    CsvRows(Csv.Header header, Origin origin, boolean decimalComma) {
        this.header = header;
        this.origin = origin;
        this.decimalComma = decimalComma;
    }

    void add(CsvRecord row) throws DataFormatException {
        if (width < 0) {
            width = row.getFieldCount();
            if (isHeader(row)) {
                head = List.copyOf(row.getFields());
                return;
            }
        }
        if (row.getFieldCount() != width) {
            throw origin.error(
                    "line " + row.getStartingLineNumber() + " has " + row.getFieldCount()
                            + " fields where the first has " + width,
                    "give every row the same number of fields");
        }
        if (!started) {
            started = true;
            named = hasIndex()
                    || number(row.getField(0)).isEmpty() && !row.getField(0).isBlank();
            if (named && width == 1) {
                throw notANumber(row, 0);
            }
        }
        addValues(row);
    }

    private boolean isHeader(CsvRecord row) {
        return switch (header) {
            case PRESENT -> true;
            case ABSENT -> false;
            case DETECT ->
                row.getFields().stream()
                                .anyMatch(field ->
                                        !field.isBlank() && number(field).isEmpty())
                        || counts(row.getFields());
        };
    }

    /** True for the columns 0, 1, 2, ... that pandas writes where nobody named any, behind the blank name of its index or not. */
    private static boolean counts(List<String> fields) {
        int first = fields.get(0).isBlank() ? 1 : 0;
        for (int i = first; i < fields.size(); i++) {
            if (!fields.get(i).equals(String.valueOf(i - first))) {
                return false;
            }
        }
        return fields.size() - first > 1;
    }

    /** True where the first column has no name and all others have: an index, whose numbers are no values. */
    private boolean hasIndex() {
        if (head.size() < 2 || head.subList(1, head.size()).stream().anyMatch(String::isBlank)) {
            return false;
        }
        return head.get(0).isBlank() || head.get(0).equals("Unnamed: 0");
    }

    private void addValues(CsvRecord row) throws DataFormatException {
        if (named) {
            rowNames.add(row.getField(0));
        }
        for (int column = named ? 1 : 0; column < width; column++) {
            OptionalDouble value = number(row.getField(column));
            if (value.isEmpty()) {
                throw notANumber(row, column);
            }
            if (count == values.length) {
                values = (double[])
                        Elements.grow(DType.F64, values, (int) Math.min(Elements.MAX_COUNT, 2L * count), origin);
            }
            values[count++] = value.getAsDouble();
        }
        rows++;
    }

    private DataFormatException notANumber(CsvRecord row, int column) {
        String field = row.getField(column);
        String shown = field.length() > 60 ? field.substring(0, 60) + "..." : field;
        String name = head.size() == width ? " ('" + head.get(column) + "')" : "";
        return origin.error(
                "line " + row.getStartingLineNumber() + ", column " + (column + 1) + name + ": '" + shown
                        + "' is no number",
                "write numbers as 1.5 or 2e-3; leave out columns of text, or encode them as the model was trained on");
    }

    CsvTable table() throws DataFormatException {
        if (rows == 0) {
            throw origin.error(width < 0 ? "it is empty" : "it has a header but no rows", "add a row per example");
        }
        List<String> columns = head.isEmpty() || !named ? head : head.subList(1, width);
        DataArray array = new DataArray(
                DType.F64,
                Arrays.copyOf(values, count),
                new int[] {rows, named ? width - 1 : width},
                origin.toString());
        return new CsvTable(columns, rowNames, array);
    }

    /**
     * Decimal numbers, true and false, NaN and infinity; nothing at all is a missing value, NaN. Not what only Java reads, such
     * as {@code 1f} or {@code 0x1p3}.
     */
    private OptionalDouble number(String field) {
        String text = field.strip();
        if (text.isEmpty()) {
            return OptionalDouble.of(Double.NaN);
        }
        if (text.length() > 400) {
            return OptionalDouble.empty();
        }
        if (decimalComma && text.indexOf(',') == text.lastIndexOf(',') && text.indexOf('.') < 0) {
            text = text.replace(',', '.');
        }
        char last = text.charAt(text.length() - 1);
        char first = text.charAt(0);
        boolean decimal = (last >= '0' && last <= '9' || last == '.') && text.indexOf('x') < 0 && text.indexOf('X') < 0;
        if (!decimal) {
            boolean signed = first == '-' || first == '+';
            return switch (text.substring(signed ? 1 : 0).toLowerCase(java.util.Locale.ROOT)) {
                case "true" -> signed ? OptionalDouble.empty() : OptionalDouble.of(1);
                case "false" -> signed ? OptionalDouble.empty() : OptionalDouble.of(0);
                case "nan" -> OptionalDouble.of(Double.NaN);
                case "inf", "infinity" ->
                    OptionalDouble.of(first == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
                default -> OptionalDouble.empty();
            };
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}

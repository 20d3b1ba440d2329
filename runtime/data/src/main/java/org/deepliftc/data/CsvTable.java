package org.deepliftc.data;

import java.util.List;

/**
 * A table of numbers.
 *
 * @param columns the names of the value columns, or empty where the file has no header row
 * @param rowNames the names in the first column, or empty where it holds numbers like the others
 * @param values {@code [rows, columns]}
 */
public record CsvTable(List<String> columns, List<String> rowNames, DataArray values) {
    public CsvTable {
        columns = List.copyOf(columns);
        rowNames = List.copyOf(rowNames);
        if (values.rank() != 2) {
            throw new IllegalArgumentException("a table needs values [rows, columns], not " + values.shapeText());
        }
        if (!columns.isEmpty() && columns.size() != values.dimension(1)
                || !rowNames.isEmpty() && rowNames.size() != values.rows()) {
            throw new IllegalArgumentException(columns.size() + " column names and " + rowNames.size()
                    + " row names do not fit values " + values.shapeText());
        }
    }
}

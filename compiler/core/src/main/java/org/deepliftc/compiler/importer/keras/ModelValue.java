package org.deepliftc.compiler.importer.keras;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.importer.keras.file.Config;

/**
 * A value of a functional model, as its configuration names it.
 *
 * @param layer the layer's name
 * @param call which use of the layer
 * @param value which of its results
 */
record ModelValue(String layer, int call, int value) {

    /** All values that an entry of {@code inbound_nodes} reads, of Keras 3 or 2. */
    static List<ModelValue> read(Config inbound) {
        List<ModelValue> found = new ArrayList<>();
        if (inbound.isObject()) {
            collect(inbound.at("args"), found);
            if (!inbound.at("kwargs").isNull()) {
                List<ModelValue> named = new ArrayList<>();
                collect(inbound.at("kwargs"), named);
                if (!named.isEmpty()) {
                    throw KerasFailure.of(
                            "reads '" + named.get(0).layer + "' as a named argument",
                            "masks, initial states and other named inputs are not translated");
                }
            }
        } else {
            collect(inbound, found);
        }
        return found;
    }

    /** The values that lists or objects of them name, in order. */
    static List<ModelValue> all(Config written) {
        List<ModelValue> found = new ArrayList<>();
        collect(written, found);
        return found;
    }

    private static void collect(Config written, List<ModelValue> found) {
        if (written.isObject()) {
            if (written.text("class_name", "").equals("__keras_tensor__")) {
                collect(written.at("config").at("keras_history"), found);
            } else {
                written.values().forEach(each -> collect(each, found));
            }
        } else if (written.isList()) {
            List<Config> entries = written.list();
            boolean isReference = entries.size() >= 3
                    && entries.get(0).isText()
                    && entries.get(1).isNumber()
                    && entries.get(2).isNumber();
            if (isReference) {
                found.add(new ModelValue(
                        entries.get(0).text(),
                        entries.get(1).integer(),
                        entries.get(2).integer()));
            } else {
                entries.forEach(each -> collect(each, found));
            }
        }
    }
}

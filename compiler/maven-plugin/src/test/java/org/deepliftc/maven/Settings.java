package org.deepliftc.maven;

import java.lang.reflect.Field;
import java.util.List;

/** Sets the parameters of settings as Maven does: by their fields' names. */
final class Settings {
    private Settings() {}

    /** Names and values by turns. */
    static ModelSettings of(Object... namesAndValues) {
        ModelSettings settings = new ModelSettings();
        List<Object> list = List.of(namesAndValues);
        for (int i = 0; i < list.size(); i += 2) {
            try {
                Field field = ModelSettings.class.getDeclaredField((String) list.get(i));
                field.setAccessible(true);
                field.set(settings, list.get(i + 1));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return settings;
    }
}

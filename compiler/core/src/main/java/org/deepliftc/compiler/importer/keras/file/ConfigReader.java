package org.deepliftc.compiler.importer.keras.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The text of a configuration as a tree. */
final class ConfigReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(1 << 20)
                    .maxNumberLength(400)
                    .build())
            .build();

    private ConfigReader() {}

    static Config read(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            Object tree = value(json);
            if (json.nextToken() != null) {
                throw new KerasFileException("the configuration goes on after its end", "save the model again");
            }
            return Config.of(tree);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at character " + e.getLocation().getCharOffset();
            throw new KerasFileException(
                    "the configuration is no valid JSON" + where + ": " + e.getOriginalMessage(),
                    "save the model again with Keras",
                    e);
        } catch (IOException | NumberFormatException e) {
            throw new KerasFileException(
                    "the configuration cannot be read: " + e.getMessage(), "save the model again with Keras", e);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new KerasFileException("the configuration is empty", "save the model again with Keras");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    json.nextToken();
                    entries.put(key, value(json));
                }
                yield entries;
            }
            case START_ARRAY -> {
                List<Object> entries = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    entries.add(value(json));
                }
                yield entries;
            }
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_NULL -> null;
            default -> json.getText();
        };
    }
}

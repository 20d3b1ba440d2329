package org.deepliftc.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of contents of a safetensors file: where each tensor lies, checked against the file's size. */
record SafetensorsHeader(Map<String, Tensor> tensors, Map<String, String> metadata) {
    /** A tensor's place; offsets count from the end of the header. */
    record Tensor(DType type, int[] shape, int count, long begin, long end) {}

    static final String METADATA = "__metadata__";
    private static final String REMEDY = "save the file again with the safetensors library";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(1 << 26)
                    .maxNumberLength(40)
                    .build())
            .build();

    /** Reads the header's text; {@code dataBytes} is what the file holds after it. */
    static SafetensorsHeader parse(String text, long dataBytes, Origin origin) throws DataFormatException {
        try (JsonParser json = JSON.createParser(text)) {
            SafetensorsHeader header = new Reader(json, origin).header();
            header.checkLayout(dataBytes, origin);
            return header;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at character " + e.getLocation().getCharOffset();
            throw origin.error("the header is no valid JSON" + where + ": " + e.getOriginalMessage(), REMEDY, e);
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException e) {
            throw origin.error("the header cannot be read: " + e.getMessage(), REMEDY, e);
        }
    }

    /** Tensors must fill the data exactly: no overlap, no hole, nothing left over. */
    private void checkLayout(long dataBytes, Origin origin) throws DataFormatException {
        List<Map.Entry<String, Tensor>> ordered = new ArrayList<>(tensors.entrySet());
        ordered.sort(Comparator.<Map.Entry<String, Tensor>>comparingLong(
                        e -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long reached = 0;
        for (Map.Entry<String, Tensor> entry : ordered) {
            Tensor tensor = entry.getValue();
            Origin place = origin.entry(entry.getKey());
            if (tensor.end() > dataBytes) {
                throw place.error(
                        "its data end at byte " + tensor.end() + " but the file has only " + dataBytes
                                + " bytes of data",
                        "copy the file again, it is cut off");
            }
            if (tensor.begin() != reached) {
                String what = tensor.begin() < reached ? "overlap those of another tensor" : "leave a hole before them";
                throw place.error("its data, from byte " + tensor.begin() + ", " + what, REMEDY);
            }
            reached = tensor.end();
        }
        if (reached != dataBytes) {
            throw origin.error((dataBytes - reached) + " bytes after the last tensor belong to none", REMEDY);
        }
    }

    /** One pass over the JSON text, in the shape the format allows and no other. */
    private record Reader(JsonParser json, Origin origin) {
        SafetensorsHeader header() throws IOException {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            expect(json.nextToken(), JsonToken.START_OBJECT, origin);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (name.equals(METADATA)) {
                    readMetadata(metadata);
                } else {
                    tensors.put(name, tensor(origin.entry(name)));
                }
            }
            if (json.nextToken() != null) {
                throw origin.error("the header goes on after its end", REMEDY);
            }
            return new SafetensorsHeader(tensors, metadata);
        }

        private void readMetadata(Map<String, String> metadata) throws IOException {
            Origin place = origin.entry(METADATA);
            expect(json.nextToken(), JsonToken.START_OBJECT, place);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                expect(json.nextToken(), JsonToken.VALUE_STRING, place);
                metadata.put(key, json.getText());
            }
        }

        private Tensor tensor(Origin place) throws IOException {
            DType type = null;
            long[] shape = null;
            long[] offsets = null;
            expect(json.nextToken(), JsonToken.START_OBJECT, place);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                switch (json.currentName()) {
                    case "dtype" -> type = type(place);
                    case "shape" -> shape = integers(Shapes.MAX_RANK, place);
                    case "data_offsets" -> offsets = integers(2, place);
                    default ->
                        throw place.error("the header has an unknown field '" + json.currentName() + "'", REMEDY);
                }
            }
            if (type == null || shape == null || offsets == null || offsets.length != 2) {
                throw place.error("the header does not give its dtype, shape and two data_offsets", REMEDY);
            }
            return checked(type, shape, offsets, place);
        }

        private static Tensor checked(DType type, long[] shape, long[] offsets, Origin place) throws IOException {
            int count = Shapes.count(shape, place);
            long bytes = (long) count * type.bytes();
            if (offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes) {
                throw place.error(
                        type.label() + " " + Shapes.text(shape) + " needs " + bytes
                                + " bytes, but the data_offsets are " + Arrays.toString(offsets),
                        REMEDY);
            }
            return new Tensor(type, Shapes.toInts(shape), count, offsets[0], offsets[1]);
        }

        private DType type(Origin place) throws IOException {
            expect(json.nextToken(), JsonToken.VALUE_STRING, place);
            String name = json.getText();
            for (DType type : DType.values()) {
                if (type.name().equals(name)) {
                    return type;
                }
            }
            throw place.error("elements of type '" + name + "' are not supported", "convert the tensor to F32");
        }

        private long[] integers(int most, Origin place) throws IOException {
            long[] result = new long[most];
            int count = 0;
            expect(json.nextToken(), JsonToken.START_ARRAY, place);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, place);
                if (count == most) {
                    throw place.error("the header lists more than " + most + " numbers where fewer belong", REMEDY);
                }
                result[count++] = json.getLongValue();
            }
            return Arrays.copyOf(result, count);
        }

        private static void expect(JsonToken token, JsonToken wanted, Origin place) throws DataFormatException {
            if (token != wanted) {
                throw place.error("the header has " + token + " where " + wanted + " belongs", REMEDY);
            }
        }
    }
}

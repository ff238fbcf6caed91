package io.overread.vlm.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of one JSON object a line; a complaint names the file and the line. */
final class RecordFile {

  static final String NAME = "records.jsonl";

  private static final int MAX_LINE = 1 << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxDocumentLength(MAX_LINE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RecordFile() {}

  /** Every record of a folder, in the order of the file; no id twice. */
  static List<StatedRecord> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UnusableDataException(folder + ": no such folder");
    }
    if (!Files.isRegularFile(folder.resolve(NAME))) {
      throw new UnusableDataException(folder + ": there is no " + NAME + " in it");
    }
    List<StatedRecord> records = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    forEachLine(
        folder.resolve(NAME),
        (json, line) -> {
          StatedRecord record = StatedRecord.of(json);
          if (!ids.add(record.subject().id())) {
            throw new IllegalArgumentException(
                "the id " + record.subject().id() + " is there already");
          }
          records.add(record);
        });
    if (records.isEmpty()) {
      throw new UnusableDataException(folder.resolve(NAME) + ": it holds no records");
    }
    return records;
  }

  /**
   * Hands over each line and its number, from 1; empty lines are skipped. What the reader says with
   * an IllegalArgumentException is told with the line.
   */
  static void forEachLine(Path file, BiConsumer<JsonNode, Integer> reader) {
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          reader.accept(MAPPER.readTree(line), number);
        }
      }
    } catch (JacksonException e) {
      throw unusable(file, number, "no valid JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw unusable(file, number, String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      throw unusable(file, number + 1, "no UTF-8");
    } catch (IOException e) {
      throw new UnusableDataException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private static UnusableDataException unusable(Path file, int line, String problem) {
    return new UnusableDataException(file + ", line " + line + ": " + problem);
  }
}

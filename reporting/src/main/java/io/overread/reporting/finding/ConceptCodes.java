package io.overread.reporting.finding;

import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The JSON form of codes in the tables: {@code [{"system", "code", "display"}]}. */
public final class ConceptCodes {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<ConceptCode>> CODES = new TypeReference<>() {};
  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

  private ConceptCodes() {}

  /** The JSON array of these codes. */
  public static String write(List<ConceptCode> codes) {
    return JSON.writeValueAsString(codes);
  }

  /** The JSON object of one code. */
  public static String write(ConceptCode code) {
    return JSON.writeValueAsString(code);
  }

  /** Reads a JSON array of codes. */
  public static List<ConceptCode> readAll(String json) {
    return List.copyOf(JSON.readValue(json, CODES));
  }

  /** Reads a JSON object of one code. */
  public static ConceptCode readOne(String json) {
    return JSON.readValue(json, ConceptCode.class);
  }

  static String writeDigests(List<String> digests) {
    return JSON.writeValueAsString(digests);
  }

  static List<String> readDigests(String json) {
    return List.copyOf(JSON.readValue(json, STRINGS));
  }
}

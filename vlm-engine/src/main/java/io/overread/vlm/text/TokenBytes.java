package io.overread.vlm.text;

import io.overread.vlm.failure.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each token of {@code tokenizer.json} writes: bytes, since a token may be part of a
 * character. Vocabularies of bytes (GPT-2's) and of pieces with "▁" for a space (SentencePiece's,
 * with {@code <0xNN>} for a byte) are known.
 */
final class TokenBytes {

  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");
  private static final long MOST_BYTES = 256L << 20;

  private TokenBytes() {}

  /** The bytes by token id; null for special tokens and for ids that are no token. */
  static byte[] @Nullable [] read(Path tokenizerFile) {
    try {
      if (Files.size(tokenizerFile) > MOST_BYTES) {
        throw malformed(tokenizerFile, "is too large");
      }
      JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(tokenizerFile));
      Map<Integer, byte @Nullable []> bytes = new HashMap<>();
      boolean byteLevel = json.path("decoder").toString().contains("\"ByteLevel\"");
      Map<Integer, Integer> octets = byteLevel ? octets() : Map.of();
      JsonNode vocabulary = json.path("model").path("vocab");
      if (vocabulary.isObject()) {
        vocabulary
            .properties()
            .forEach(each -> bytes.put(each.getValue().asInt(), of(each.getKey(), octets)));
      } else {
        int id = 0;
        for (JsonNode piece : vocabulary) {
          bytes.put(id++, of(piece.path(0).asString(""), octets));
        }
      }
      for (JsonNode added : json.path("added_tokens")) {
        boolean special = added.path("special").asBoolean(false);
        byte[] content = added.path("content").asString("").getBytes(StandardCharsets.UTF_8);
        bytes.put(added.path("id").asInt(), special ? null : content);
      }
      int size = bytes.keySet().stream().mapToInt(id -> id + 1).max().orElse(0);
      byte[] @Nullable [] all = new byte[size][];
      bytes.forEach((id, each) -> all[id] = each);
      return all;
    } catch (IOException | JacksonException e) {
      throw malformed(tokenizerFile, "cannot be read: " + e.getMessage());
    }
  }

  private static ModelFormatException malformed(Path file, String problem) {
    return new ModelFormatException(String.valueOf(file.getFileName()), problem);
  }

  private static byte @Nullable [] of(String piece, Map<Integer, Integer> octets) {
    if (octets.isEmpty()) {
      Matcher octet = BYTE.matcher(piece);
      return octet.matches()
          ? new byte[] {(byte) Integer.parseInt(octet.group(1), 16)}
          : piece.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[piece.length()];
    for (int i = 0; i < bytes.length; i++) {
      Integer octet = octets.get((int) piece.charAt(i));
      if (octet == null) {
        return null;
      }
      bytes[i] = octet.byteValue();
    }
    return bytes;
  }

  /** GPT-2's letters for bytes: printable ones stand for themselves, the rest from U+0100 on. */
  private static Map<Integer, Integer> octets() {
    Map<Integer, Integer> octets = new HashMap<>();
    int next = 0x100;
    for (int octet = 0; octet < 256; octet++) {
      boolean printable =
          (octet >= '!' && octet <= '~')
              || (octet >= 0xa1 && octet <= 0xac)
              || (octet >= 0xae && octet <= 0xff);
      octets.put(printable ? octet : next++, octet);
    }
    return octets;
  }
}

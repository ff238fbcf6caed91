package io.overread.dicom.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The code elements that escape sequences invoke (PS3.3 C.12.1.1.2, ISO 2022). */
enum CodeElement {
  ISO_646("(B", false, 1, "US-ASCII"),
  JIS_X_0201_ROMAJI("(J", false, 1, "US-ASCII"),
  JIS_X_0201_KATAKANA(")I", true, 1, "JIS_X0201"),
  LATIN_1("-A", true, 1, "ISO-8859-1"),
  LATIN_2("-B", true, 1, "ISO-8859-2"),
  LATIN_3("-C", true, 1, "ISO-8859-3"),
  LATIN_4("-D", true, 1, "ISO-8859-4"),
  CYRILLIC("-L", true, 1, "ISO-8859-5"),
  ARABIC("-G", true, 1, "ISO-8859-6"),
  GREEK("-F", true, 1, "ISO-8859-7"),
  HEBREW("-H", true, 1, "ISO-8859-8"),
  LATIN_5("-M", true, 1, "ISO-8859-9"),
  LATIN_9("-b", true, 1, "ISO-8859-15"),
  THAI("-T", true, 1, "TIS-620"),
  JIS_X_0208("$B", false, 2, "x-JIS0208"),
  JIS_X_0212("$(D", false, 2, "JIS_X0212-1990"),
  KS_X_1001("$)C", true, 2, "EUC-KR"),
  GB_2312("$)A", true, 2, "GB2312");

  static final byte ESCAPE = 0x1B;
  private static final int LONGEST_ESCAPE_SEQUENCE = 4;
  private static final char REPLACEMENT = '\uFFFD';

  private final String escapeSequence;
  private final boolean upperHalf;
  private final int bytesPerCharacter;
  private final Charset charset;

  /**
   * @param finalCharacters of the escape sequence, after ESC itself
   * @param upperHalf G1, bytes with the high bit, rather than G0
   */
  CodeElement(String finalCharacters, boolean upperHalf, int bytesPerCharacter, String charset) {
    this.escapeSequence = (char) ESCAPE + finalCharacters;
    this.upperHalf = upperHalf;
    this.bytesPerCharacter = bytesPerCharacter;
    this.charset = Charset.forName(charset);
  }

  /** The one whose escape sequence stands at this place. */
  static Optional<CodeElement> invokedAt(byte[] bytes, int at) {
    int longest = Math.min(LONGEST_ESCAPE_SEQUENCE, bytes.length - at);
    String text = new String(bytes, at, longest, StandardCharsets.ISO_8859_1);
    return Stream.of(values()).filter(each -> text.startsWith(each.escapeSequence)).findFirst();
  }

  byte[] escapeSequence() {
    return escapeSequence.getBytes(StandardCharsets.US_ASCII);
  }

  int escapeLength() {
    return escapeSequence.length();
  }

  boolean isUpperHalf() {
    return upperHalf;
  }

  int bytesPerCharacter() {
    return bytesPerCharacter;
  }

  /** One character; the replacement character where these bytes are none. */
  String decode(byte[] bytes, int at) {
    if (at + bytesPerCharacter > bytes.length) {
      return String.valueOf(REPLACEMENT);
    }
    return charset.decode(ByteBuffer.wrap(bytes, at, bytesPerCharacter)).toString();
  }

  /** The bytes of one character, empty if it has none here. */
  Optional<byte[]> encode(String character) {
    try {
      ByteBuffer encoded =
          charset
              .newEncoder()
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(character));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      boolean fits = bytes.length == bytesPerCharacter && (bytes[0] < 0) == upperHalf;
      return fits ? Optional.of(bytes) : Optional.empty();
    } catch (CharacterCodingException none) {
      return Optional.empty();
    }
  }
}

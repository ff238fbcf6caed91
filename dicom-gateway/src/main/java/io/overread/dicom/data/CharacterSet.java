package io.overread.dicom.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The repertoire that Specific Character Set (0008,0005) names (PS3.3 C.12.1.1.2, PS3.5 6.1). */
public final class CharacterSet {

  private static final Pattern REGISTRATION =
      Pattern.compile("ISO[ _-]?(?:2022[ _-]?)?IR[ _-]?(\\d+)");

  /** ISO-IR 6. Bytes beyond it, which it does not have, are read as Latin-1: writers omit that. */
  public static final CharacterSet DEFAULT = of(List.of());

  private final List<String> definedTerms;
  private final @Nullable Charset withoutCodeExtensions;
  private final List<CodeElement> codeElements;
  private final @Nullable CodeElement initialUpper;

  private CharacterSet(
      List<String> definedTerms,
      @Nullable Charset withoutCodeExtensions,
      List<CodeElement> codeElements,
      @Nullable CodeElement initialUpper) {
    this.definedTerms = List.copyOf(definedTerms);
    this.withoutCodeExtensions = withoutCodeExtensions;
    this.codeElements = List.copyOf(codeElements);
    this.initialUpper = initialUpper;
  }

  /** Terms that are not known count for nothing; none at all is the default repertoire. */
  public static CharacterSet of(List<String> definedTerms) {
    String first = definedTerms.isEmpty() ? "" : normalized(definedTerms.getFirst());
    Charset whole =
        switch (first) {
          case "192" -> StandardCharsets.UTF_8;
          case "GB18030" -> Charset.forName("GB18030");
          case "GBK" -> Charset.forName("GBK");
          default -> null;
        };
    List<CodeElement> elements = new ArrayList<>();
    // Value 1 decides what G0 holds at the start: Romaji for ISO-IR 13, else ISO 646.
    elements.add(first.equals("13") ? CodeElement.JIS_X_0201_ROMAJI : CodeElement.ISO_646);
    for (String term : definedTerms) {
      codeElement(normalized(term)).filter(e -> !elements.contains(e)).ifPresent(elements::add);
    }
    if (definedTerms.size() > 1 && !elements.contains(CodeElement.ISO_646)) {
      elements.add(CodeElement.ISO_646);
    }
    CodeElement upper = codeElement(first).filter(CodeElement::isUpperHalf).orElse(null);
    return new CharacterSet(definedTerms, whole, elements, upper);
  }

  /** As the data set says them. */
  public List<String> definedTerms() {
    return definedTerms;
  }

  /** Never fails: bytes that are no characters become U+FFFD. */
  String decode(byte[] bytes, Vr vr) {
    if (withoutCodeExtensions != null) {
      return new String(bytes, withoutCodeExtensions);
    }
    if (!isExtended(bytes)) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    return new CodeExtensions(codeElements, initialUpper, vr).decode(bytes);
  }

  /**
   * @throws IllegalArgumentException if the repertoire lacks a character
   */
  byte[] encode(String text, Vr vr) {
    if (withoutCodeExtensions == null) {
      return new CodeExtensions(codeElements, initialUpper, vr).encode(text);
    }
    try {
      ByteBuffer encoded =
          withoutCodeExtensions
              .newEncoder()
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException lacking) {
      throw new IllegalArgumentException(this + " lacks a character of the text", lacking);
    }
  }

  /** Whether these bytes are more than characters of ISO 646, the same in every repertoire. */
  static boolean isExtended(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0 || each == CodeElement.ESCAPE) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CharacterSet set && definedTerms.equals(set.definedTerms);
  }

  @Override
  public int hashCode() {
    return definedTerms.hashCode();
  }

  @Override
  public String toString() {
    return definedTerms.isEmpty() ? "the default repertoire" : String.join("\\", definedTerms);
  }

  /** The registration number of {@code ISO_IR n} and {@code ISO 2022 IR n}, otherwise the term. */
  private static String normalized(String term) {
    String upper = term.strip().toUpperCase(Locale.ROOT);
    Matcher registration = REGISTRATION.matcher(upper);
    return registration.matches() ? registration.group(1) : upper;
  }

  private static Optional<CodeElement> codeElement(String term) {
    return Optional.ofNullable(
        switch (term) {
          case "100" -> CodeElement.LATIN_1;
          case "101" -> CodeElement.LATIN_2;
          case "109" -> CodeElement.LATIN_3;
          case "110" -> CodeElement.LATIN_4;
          case "144" -> CodeElement.CYRILLIC;
          case "127" -> CodeElement.ARABIC;
          case "126" -> CodeElement.GREEK;
          case "138" -> CodeElement.HEBREW;
          case "148" -> CodeElement.LATIN_5;
          case "203" -> CodeElement.LATIN_9;
          case "166" -> CodeElement.THAI;
          case "13" -> CodeElement.JIS_X_0201_KATAKANA;
          case "87" -> CodeElement.JIS_X_0208;
          case "159" -> CodeElement.JIS_X_0212;
          case "149" -> CodeElement.KS_X_1001;
          case "58" -> CodeElement.GB_2312;
          default -> null;
        });
  }
}

package io.overread.dicom.data;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Switches between code elements within one value (PS3.5 6.1.2.5). Used for one value only. */
final class CodeExtensions {

  private final List<CodeElement> codeElements;
  private final Vr vr;
  private final CodeElement initialLower;
  private final @Nullable CodeElement initialUpper;
  private CodeElement lower;
  private @Nullable CodeElement upper;

  /**
   * @param codeElements those of the character set, the initial lower half first
   * @param initialUpper what bytes with the high bit mean before any escape sequence
   */
  CodeExtensions(List<CodeElement> codeElements, @Nullable CodeElement initialUpper, Vr vr) {
    this.codeElements = codeElements;
    this.vr = vr;
    this.initialLower = codeElements.getFirst();
    this.initialUpper = initialUpper;
    this.lower = initialLower;
    this.upper = initialUpper;
  }

  String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] == CodeElement.ESCAPE) {
        Optional<CodeElement> invoked = CodeElement.invokedAt(bytes, at);
        invoked.ifPresentOrElse(this::invoke, () -> text.append('\uFFFD'));
        at += invoked.map(CodeElement::escapeLength).orElse(1);
      } else {
        at += character(bytes, at, text);
      }
    }
    return text.toString();
  }

  private int character(byte[] bytes, int at, StringBuilder text) {
    byte first = bytes[at];
    if (first < 0) {
      CodeElement element = upper == null ? CodeElement.LATIN_1 : upper;
      text.append(element.decode(bytes, at));
      return element.bytesPerCharacter();
    }
    if (lower.bytesPerCharacter() == 1 || first <= ' ') {
      if (isDelimiter((char) first)) {
        reset();
      }
      text.append((char) first);
      return 1;
    }
    text.append(lower.decode(bytes, at));
    return lower.bytesPerCharacter();
  }

  byte[] encode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              if (codePoint < 0x80) {
                endExtension(out);
                out.write(codePoint);
                if (isDelimiter((char) codePoint)) {
                  reset();
                }
              } else {
                encode(Character.toString(codePoint), out);
              }
            });
    endExtension(out);
    return out.toByteArray();
  }

  private void encode(String character, ByteArrayOutputStream out) {
    for (CodeElement active : codeElements) {
      if (active == lower || active == upper) {
        Optional<byte[]> bytes = active.encode(character);
        if (bytes.isPresent()) {
          out.writeBytes(bytes.get());
          return;
        }
      }
    }
    for (CodeElement element : codeElements) {
      Optional<byte[]> bytes = element.encode(character);
      if (bytes.isPresent()) {
        out.writeBytes(element.escapeSequence());
        out.writeBytes(bytes.get());
        invoke(element);
        return;
      }
    }
    throw new IllegalArgumentException("The character set lacks a character of the text");
  }

  /** ISO 646 characters, delimiters and the value's end need the initial lower half. */
  private void endExtension(ByteArrayOutputStream out) {
    if (lower != initialLower) {
      out.writeBytes(initialLower.escapeSequence());
      lower = initialLower;
    }
  }

  private void invoke(CodeElement element) {
    if (element.isUpperHalf()) {
      upper = element;
    } else {
      lower = element;
    }
  }

  private void reset() {
    lower = initialLower;
    upper = initialUpper;
  }

  /** Where value 1 of Specific Character Set becomes active again (PS3.5 6.1.2.5.3). */
  private boolean isDelimiter(char character) {
    return switch (character) {
      case '\t', '\n', '\f', '\r' -> true;
      case '\\' -> vr.isMultiValued();
      case '^', '=' -> vr == Vr.PN;
      default -> false;
    };
  }
}

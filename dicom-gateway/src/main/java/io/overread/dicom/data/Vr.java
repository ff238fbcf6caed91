package io.overread.dicom.data;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Value representations (PS3.5 6.2). */
public enum Vr {
  AE(Kind.ASCII),
  AS(Kind.ASCII),
  AT(Kind.BINARY, 2, false),
  CS(Kind.ASCII),
  DA(Kind.ASCII),
  DS(Kind.ASCII),
  DT(Kind.ASCII),
  FD(Kind.BINARY, 8, false),
  FL(Kind.BINARY, 4, false),
  IS(Kind.ASCII),
  LO(Kind.TEXT),
  LT(Kind.PARAGRAPHS),
  OB(Kind.BINARY, 1, true),
  OD(Kind.BINARY, 8, true),
  OF(Kind.BINARY, 4, true),
  OL(Kind.BINARY, 4, true),
  OV(Kind.BINARY, 8, true),
  OW(Kind.BINARY, 2, true),
  PN(Kind.TEXT),
  SH(Kind.TEXT),
  SL(Kind.BINARY, 4, false),
  SQ(Kind.ITEMS, 1, true),
  SS(Kind.BINARY, 2, false),
  ST(Kind.PARAGRAPHS),
  SV(Kind.BINARY, 8, true),
  TM(Kind.ASCII),
  UC(Kind.TEXT, 1, true),
  UI(Kind.ASCII),
  UL(Kind.BINARY, 4, false),
  UN(Kind.BINARY, 1, true),
  UR(Kind.ASCII, 1, true),
  US(Kind.BINARY, 2, false),
  UT(Kind.PARAGRAPHS, 1, true),
  UV(Kind.BINARY, 8, true);

  private enum Kind {
    /** Characters of the default repertoire. */
    ASCII,
    /** Characters of the Specific Character Set; a backslash separates values. */
    TEXT,
    /** Characters of the Specific Character Set; one value, a backslash is part of it. */
    PARAGRAPHS,
    BINARY,
    ITEMS
  }

  private static final Map<Integer, Vr> BY_CODE =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Vr::code, Function.identity()));

  private final Kind kind;
  private final int wordLength;
  private final boolean longLength;

  Vr(Kind kind) {
    this(kind, 1, false);
  }

  Vr(Kind kind, int wordLength, boolean longLength) {
    this.kind = kind;
    this.wordLength = wordLength;
    this.longLength = longLength;
  }

  /** The representation with this name, empty if there is none. */
  public static Optional<Vr> of(String name) {
    return name.length() == 2 ? ofCode(name.charAt(0) << 8 | name.charAt(1)) : Optional.empty();
  }

  static Optional<Vr> ofCode(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** Both letters as they stand in an explicit VR data set, the first in the higher byte. */
  int code() {
    return name().charAt(0) << 8 | name().charAt(1);
  }

  /** Whether the values are characters, in any repertoire. */
  public boolean isText() {
    return kind == Kind.ASCII || kind == Kind.TEXT || kind == Kind.PARAGRAPHS;
  }

  /** Whether Specific Character Set (0008,0005) applies. */
  public boolean usesSpecificCharacterSet() {
    return kind == Kind.TEXT || kind == Kind.PARAGRAPHS;
  }

  /** Whether a backslash separates values. */
  public boolean isMultiValued() {
    return (kind == Kind.ASCII && this != UR) || kind == Kind.TEXT;
  }

  /** Length in bytes of the unit whose byte order the transfer syntax decides; 1 if it does not. */
  public int wordLength() {
    return wordLength;
  }

  /** Whether explicit VR gives it a 32-bit length (PS3.5 7.1.2). */
  public boolean hasLongLength() {
    return longLength;
  }

  /** The byte that makes an odd value even (PS3.5 6.2). */
  public byte padding() {
    return (byte) (isText() && this != UI ? ' ' : 0);
  }
}

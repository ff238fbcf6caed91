package io.overread.dicom.data;

/** What the number of a tag says: its group, its element, whether it is private (PS3.5 7.8). */
public final class TagNumber {

  private TagNumber() {}

  public static int of(int group, int element) {
    return group << 16 | (element & 0xFFFF);
  }

  public static int group(int tag) {
    return tag >>> 16;
  }

  public static int element(int tag) {
    return tag & 0xFFFF;
  }

  /** Private groups have odd numbers. */
  public static boolean isPrivate(int tag) {
    return (tag & 0x1_0000) != 0;
  }

  /** (gggg,0010-00FF) of a private group names who owns a block of its elements. */
  public static boolean isPrivateCreator(int tag) {
    return isPrivate(tag) && element(tag) >= 0x10 && element(tag) <= 0xFF;
  }

  /** The private creator's tag of a private element (gggg,xxee): (gggg,00xx). */
  public static int privateCreatorOf(int tag) {
    return of(group(tag), element(tag) >>> 8);
  }

  /** (gggg,0000). */
  public static boolean isGroupLength(int tag) {
    return element(tag) == 0;
  }

  /** As the standard prints it: {@code (0010,0010)}. */
  public static String toString(int tag) {
    return "(%04X,%04X)".formatted(group(tag), element(tag));
  }
}

package io.overread.dicom.data;

import java.util.Optional;

/**
 * A block of private elements that its creator has reserved in one data set (PS3.5 7.8.1).
 *
 * @param creatorTag (gggg,00xx), whose value names the creator
 */
public record PrivateBlock(int creatorTag) {

  private static final int FIRST = 0x10;
  private static final int LAST = 0xFF;

  /** The block of a creator, empty if it has none in this data set. */
  public static Optional<PrivateBlock> find(DataSet dataSet, int group, String creator) {
    for (int block = FIRST; block <= LAST; block++) {
      int tag = TagNumber.of(group, block);
      if (dataSet.string(tag).filter(creator::equals).isPresent()) {
        return Optional.of(new PrivateBlock(tag));
      }
    }
    return Optional.empty();
  }

  /**
   * The block of a creator, reserved now if it had none.
   *
   * @throws IllegalArgumentException if the group is not private
   * @throws IllegalStateException if the group has no free block
   */
  public static PrivateBlock reserve(DataSet dataSet, int group, String creator) {
    if (!TagNumber.isPrivate(TagNumber.of(group, 0))) {
      throw new IllegalArgumentException("Private groups have odd numbers");
    }
    return find(dataSet, group, creator)
        .orElseGet(
            () -> {
              PrivateBlock block = free(dataSet, group);
              dataSet.putString(block.creatorTag, Vr.LO, creator);
              return block;
            });
  }

  /**
   * The tag of an element of the block.
   *
   * @param element 00 to FF
   */
  public int tag(int element) {
    return TagNumber.of(
        TagNumber.group(creatorTag), TagNumber.element(creatorTag) << 8 | (element & 0xFF));
  }

  private static PrivateBlock free(DataSet dataSet, int group) {
    for (int block = FIRST; block <= LAST; block++) {
      int tag = TagNumber.of(group, block);
      if (!dataSet.contains(tag)) {
        return new PrivateBlock(tag);
      }
    }
    throw new IllegalStateException("All private blocks of the group are reserved");
  }
}

package io.overread.dicom.dictionary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up data elements of PS3.6 and command elements of PS3.7 by tag or keyword. */
public final class DataElementDictionary {

  private static final DataElementDictionary STANDARD = load();

  private final Map<Integer, DictionaryEntry> byTag;
  private final List<RepeatingGroup> repeatingGroups;
  private final Map<String, Integer> byKeyword;

  private DataElementDictionary(
      Map<Integer, DictionaryEntry> byTag,
      List<RepeatingGroup> repeatingGroups,
      Map<String, Integer> byKeyword) {
    this.byTag = byTag;
    this.repeatingGroups = repeatingGroups;
    this.byKeyword = byKeyword;
  }

  /**
   * The entry of a tag; repeating groups (60xx,3000) are matched by every member; empty if unknown.
   */
  public static Optional<DictionaryEntry> find(int tag) {
    DictionaryEntry entry = STANDARD.byTag.get(tag);
    if (entry != null) {
      return Optional.of(entry);
    }
    for (RepeatingGroup group : STANDARD.repeatingGroups) {
      if ((tag & group.mask) == group.value) {
        return Optional.of(group.entry);
      }
    }
    return Optional.empty();
  }

  /** The tag of a keyword such as {@code PatientName}. */
  public static Optional<Integer> tag(String keyword) {
    return Optional.ofNullable(STANDARD.byKeyword.get(keyword));
  }

  /** The keyword of a tag, or an empty string where the dictionary has none (private tags). */
  public static String keyword(int tag) {
    return find(tag).map(DictionaryEntry::keyword).orElse("");
  }

  private record RepeatingGroup(int mask, int value, DictionaryEntry entry) {}

  private static DataElementDictionary load() {
    Map<Integer, DictionaryEntry> byTag = new HashMap<>(12_000);
    List<RepeatingGroup> repeatingGroups = new ArrayList<>();
    Map<String, Integer> byKeyword = new HashMap<>(12_000);
    for (String[] row : DictionaryTable.rows("elements.tsv")) {
      DictionaryEntry entry =
          new DictionaryEntry(row[0], row[1], row[2], row[3], row[4], !row[5].isEmpty());
      int tag = Integer.parseUnsignedInt(row[0].replace('x', '0'), 16);
      if (row[0].indexOf('x') < 0) {
        byTag.put(tag, entry);
      } else {
        String mask = row[0].replaceAll("[^x]", "F").replace('x', '0');
        repeatingGroups.add(new RepeatingGroup(Integer.parseUnsignedInt(mask, 16), tag, entry));
      }
      if (!entry.keyword().isEmpty()) {
        byKeyword.put(entry.keyword(), tag);
      }
    }
    return new DataElementDictionary(
        Map.copyOf(byTag), List.copyOf(repeatingGroups), Map.copyOf(byKeyword));
  }
}

package io.overread.dicom.dictionary;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks up the UIDs that PS3.6 registers. */
public final class UidDictionary {

  private static final Map<String, RegisteredUid> BY_UID = load();

  private UidDictionary() {}

  /** The registration of a UID, empty if PS3.6 does not register it. */
  public static Optional<RegisteredUid> find(String uid) {
    return Optional.ofNullable(BY_UID.get(uid));
  }

  /** The registered name, or the UID itself where there is none: for logs and messages. */
  public static String name(String uid) {
    return find(uid).map(RegisteredUid::name).filter(name -> !name.isEmpty()).orElse(uid);
  }

  /** All UIDs of a type, such as {@code Transfer Syntax} or {@code SOP Class}. */
  public static Set<String> ofType(String type) {
    return BY_UID.values().stream()
        .filter(uid -> uid.type().equals(type))
        .map(RegisteredUid::uid)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, RegisteredUid> load() {
    Map<String, RegisteredUid> byUid = new HashMap<>();
    for (String[] row : DictionaryTable.rows("uids.tsv")) {
      byUid.put(row[0], new RegisteredUid(row[0], row[1], row[2], row[3], !row[4].isEmpty()));
    }
    return Map.copyOf(byUid);
  }
}

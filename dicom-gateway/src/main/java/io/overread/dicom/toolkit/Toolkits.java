package io.overread.dicom.toolkit;

import java.util.ServiceLoader;
import java.util.TreeSet;

/** The toolkits of this build: our own, and those that {@link ServiceLoader} finds. */
public final class Toolkits {
  private Toolkits() {}

  /**
   * The toolkit of that name.
   *
   * @throws IllegalArgumentException when this build has none, naming those that it has
   */
  public static DicomToolkit named(String name) {
    if (name.equals(OwnToolkit.NAME)) {
      return new OwnToolkit();
    }
    TreeSet<String> present = new TreeSet<>();
    present.add(OwnToolkit.NAME);
    for (DicomToolkit toolkit :
        ServiceLoader.load(DicomToolkit.class, DicomToolkit.class.getClassLoader())) {
      if (toolkit.name().equals(name)) {
        return toolkit;
      }
      present.add(toolkit.name());
    }
    throw new IllegalArgumentException(
        "overread.dicom.toolkit=%s: this build has only %s"
            .formatted(name, String.join(", ", present)));
  }
}

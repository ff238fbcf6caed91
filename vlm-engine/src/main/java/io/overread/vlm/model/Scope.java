package io.overread.vlm.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a model was made to read, as its folder states it; nothing else should be put before it.
 *
 * @param areas at least one, or the model states none and everything is within
 */
public record Scope(List<Area> areas) {

  /** Of a model that states none. */
  public static final Scope UNSTATED = new Scope(List.of());

  private static final int MOST_AREAS = 64;

  /** Keeps its own copy. */
  public Scope {
    areas = List.copyOf(areas);
  }

  static Scope of(List<ModelJson> areas) {
    return new Scope(areas.stream().limit(MOST_AREAS).map(Area::of).toList());
  }

  /** Whether it says anything. */
  public boolean isStated() {
    return !areas.isEmpty();
  }

  /**
   * Whether images of this modality are read; true of a model that states no scope.
   *
   * @param modality a defined term of Modality (0008,0060)
   */
  public boolean holds(String modality) {
    return areas.isEmpty() || areas.stream().anyMatch(area -> area.isOf(modality));
  }

  /**
   * Whether this body part is read in images of this modality; true where nothing is stated, and of
   * a body part that is not known.
   *
   * @param bodyPart a defined term of Body Part Examined (0018,0015), or null
   */
  public boolean holds(String modality, @Nullable String bodyPart) {
    if (bodyPart == null || bodyPart.isBlank()) {
      return holds(modality);
    }
    String part = bodyPart.strip().toUpperCase(Locale.ROOT);
    return areas.isEmpty()
        || areas.stream()
            .filter(area -> area.isOf(modality))
            .anyMatch(area -> area.bodyParts().isEmpty() || area.isWithin(part));
  }

  /**
   * One modality.
   *
   * @param word how the model calls it when it is asked
   * @param modalities defined terms of Modality (0008,0060)
   * @param bodyParts defined terms of Body Part Examined (0018,0015); empty: any
   */
  public record Area(String word, List<String> modalities, List<String> bodyParts) {

    /** Keeps its own copies. */
    public Area {
      modalities = List.copyOf(modalities);
      bodyParts = List.copyOf(bodyParts);
    }

    static Area of(ModelJson json) {
      String word = json.text("word");
      List<String> modalities = json.texts("modalities");
      if (word == null || word.isBlank() || modalities.isEmpty()) {
        throw json.malformed("word, modalities", "missing");
      }
      return new Area(word, modalities, json.texts("body_parts"));
    }

    /** Senders write "CHEST PA" and "CHEST_ABDOMEN" too: one word that fits is enough. */
    private boolean isWithin(String part) {
      return bodyParts.contains(part)
          || Stream.of(part.split("[^A-Z]+")).anyMatch(bodyParts::contains);
    }

    boolean isOf(String modality) {
      return modalities.contains(modality.strip().toUpperCase(Locale.ROOT));
    }
  }
}

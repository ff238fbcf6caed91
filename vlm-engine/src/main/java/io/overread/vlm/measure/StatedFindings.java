package io.overread.vlm.measure;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of {@code records.jsonl}: an image, and what its source states of a catalogue's
 * findings. What a source does not state is neither a yes nor a no.
 */
record StatedFindings(JsonNode json) {

  String source() {
    return text("source");
  }

  String image() {
    return text("image");
  }

  boolean isDev() {
    return "dev".equals(text("split"));
  }

  /** The id of the catalogue that fits the source, if one does. */
  Optional<String> catalogue() {
    return Optional.ofNullable(
        switch (source()) {
          case "nih-chestxray14", "kermany-cxr" -> "chest-radiograph";
          case "iq-othnccd" -> "chest-ct";
          case "figshare-brain-tumor" -> "brain-mr";
          case "busi" -> "breast-ultrasound";
          case "pocus" -> "lung-ultrasound";
          default -> null;
        });
  }

  /** Whether the finding is there, or null where the source does not say. */
  @Nullable Boolean truth(String finding) {
    Set<String> labels = labels();
    return switch (source()) {
      case "nih-chestxray14" ->
          finding.equals("abnormality")
              ? Boolean.valueOf(!labels.contains("no finding"))
              : Boolean.valueOf(labels.contains(finding.replace('-', '_')));
      case "kermany-cxr" ->
          finding.equals("abnormality") || finding.equals("pneumonia")
              ? Boolean.valueOf(labels.contains("pneumonia"))
              : null;
      case "busi" -> lesion(finding, "breast-lesion", "breast-malignancy", labels);
      case "iq-othnccd" -> lesion(finding, "ct-lesion", "ct-malignancy", labels);
      case "figshare-brain-tumor" -> Boolean.valueOf(labels.contains(finding.replace('-', ' ')));
      default -> null;
    };
  }

  private static @Nullable Boolean lesion(
      String finding, String lesion, String malignancy, Set<String> labels) {
    if (finding.equals(lesion)) {
      return !labels.contains("normal");
    }
    return finding.equals(malignancy) ? Boolean.valueOf(labels.contains("malignant")) : null;
  }

  private Set<String> labels() {
    return json.path("labels")
        .valueStream()
        .map(label -> label.asString().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private String text(String name) {
    return json.path(name).asString("");
  }
}

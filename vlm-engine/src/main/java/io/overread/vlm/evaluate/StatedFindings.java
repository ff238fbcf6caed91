package io.overread.vlm.evaluate;

import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingCatalogues;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a source states of the catalogues' findings: what it does not state is neither a yes nor a
 * no, and is not asked. The same rules as the training's {@code questions.py}.
 */
final class StatedFindings {

  private static final Set<String> LUNG_SIGNS = Set.of("b-lines", "pleural line irregularities");

  private final Map<String, Finding> findings = new HashMap<>();

  StatedFindings(FindingCatalogues catalogues) {
    catalogues
        .all()
        .forEach(
            catalogue ->
                catalogue.findings().forEach(found -> findings.putIfAbsent(found.id(), found)));
  }

  /** The findings that are stated to be there or not, in the order of the catalogue. */
  SequencedMap<Finding, Boolean> of(StatedRecord record) {
    SequencedMap<Finding, Boolean> stated = new LinkedHashMap<>();
    for (String id : asked(record.subject().source())) {
      Finding finding = findings.get(id);
      Boolean truth = truth(record, id);
      if (finding != null && truth != null) {
        stated.put(finding, truth);
      }
    }
    return stated;
  }

  /** The questions of the catalogue that fits the source's images. */
  private static List<String> asked(String source) {
    return switch (source) {
      case "nih-chestxray14" ->
          List.of(
              "abnormality",
              "cardiomegaly",
              "effusion",
              "pneumothorax",
              "pneumonia",
              "consolidation",
              "infiltration",
              "atelectasis",
              "edema",
              "emphysema",
              "fibrosis",
              "nodule",
              "mass",
              "pleural-thickening",
              "hernia");
      case "kermany-cxr" -> List.of("abnormality", "pneumonia");
      case "busi" -> List.of("breast-lesion", "breast-malignancy", "fetal-head");
      case "iq-othnccd" -> List.of("ct-lesion", "ct-malignancy");
      case "figshare-brain-tumor" -> List.of("meningioma", "glioma", "pituitary-tumor");
      case "pocus" ->
          List.of("lung-abnormality", "b-lines", "pleural-line-irregularity", "fetal-head");
      case "hc18" -> List.of("fetal-head");
      default -> List.of();
    };
  }

  private static @Nullable Boolean truth(StatedRecord record, String finding) {
    Set<String> labels = record.labels();
    if (finding.equals("fetal-head")) {
      return "Fetal head".equals(record.bodyPart());
    }
    return switch (record.subject().source()) {
      case "nih-chestxray14" ->
          finding.equals("abnormality")
              ? Boolean.valueOf(!labels.contains("no finding"))
              : Boolean.valueOf(labels.contains(finding.replace('-', '_')));
      case "kermany-cxr" -> labels.contains("pneumonia");
      case "busi", "iq-othnccd" ->
          finding.endsWith("-lesion")
              ? Boolean.valueOf(!labels.contains("normal"))
              : Boolean.valueOf(labels.contains("malignant"));
      case "figshare-brain-tumor" -> labels.contains(finding.replace('-', ' '));
      case "pocus" -> lung(finding, labels);
      default -> null;
    };
  }

  /** Signs are stated where the lung is healthy, or where one of them is. */
  private static @Nullable Boolean lung(String finding, Set<String> labels) {
    boolean healthy = labels.contains("regular (healthy)");
    if (finding.equals("lung-abnormality")) {
      return !healthy;
    }
    if (!healthy && labels.stream().noneMatch(LUNG_SIGNS::contains)) {
      return null;
    }
    return labels.contains(finding.equals("b-lines") ? "b-lines" : "pleural line irregularities");
  }
}

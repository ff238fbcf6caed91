package io.overread.vlm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.vlm.finding.FindingCatalogues;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StatedFindingsTest {

  private final StatedFindings findings = new StatedFindings(FindingCatalogues.shipped());

  @Test
  void an_adult_s_chest_radiograph_states_all_fourteen_and_whether_there_is_any() {
    Map<String, Boolean> stated =
        stated("nih-chestxray14", "Chest", "\"Pleural_Thickening\", \"Mass\"");
    assertThat(stated).hasSize(15);
    assertThat(stated.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("abnormality", "pleural-thickening", "mass");
    assertThat(stated("nih-chestxray14", "Chest", "\"No Finding\"").values()).containsOnly(false);
  }

  @Test
  void a_child_s_states_pneumonia_alone() {
    assertThat(stated("kermany-cxr", "Chest", "\"PNEUMONIA\", \"virus\""))
        .isEqualTo(Map.of("abnormality", true, "pneumonia", true));
  }

  @Test
  void a_benign_lesion_is_a_lesion_and_not_malignant() {
    assertThat(stated("busi", "Breast", "\"benign\""))
        .isEqualTo(Map.of("breast-lesion", true, "breast-malignancy", false, "fetal-head", false));
    assertThat(stated("iq-othnccd", "Chest", "\"normal\""))
        .isEqualTo(Map.of("ct-lesion", false, "ct-malignancy", false));
  }

  @Test
  void a_lung_s_signs_are_stated_where_it_is_healthy_or_where_one_is_named() {
    assertThat(stated("pocus", "Lung", "\"COVID-19\""))
        .isEqualTo(Map.of("lung-abnormality", true, "fetal-head", false));
    assertThat(stated("pocus", "Lung", "\"Regular (healthy)\""))
        .isEqualTo(
            Map.of(
                "lung-abnormality", false,
                "b-lines", false,
                "pleural-line-irregularity", false,
                "fetal-head", false));
    assertThat(stated("pocus", "Lung", "\"B-lines\"")).containsEntry("b-lines", true);
  }

  @Test
  void a_tumor_is_one_of_three_and_a_fetal_head_is_one() {
    assertThat(stated("figshare-brain-tumor", "Head", "\"pituitary tumor\""))
        .isEqualTo(Map.of("meningioma", false, "glioma", false, "pituitary-tumor", true));
    assertThat(stated("hc18", "Fetal head", "")).isEqualTo(Map.of("fetal-head", true));
  }

  @Test
  void what_a_source_does_not_state_is_not_asked() {
    assertThat(stated("vqa-rad", "Chest", "")).isEmpty();
    assertThat(stated("some-hospital", "Chest", "\"Mass\"")).isEmpty();
  }

  private Map<String, Boolean> stated(String source, String part, String labels) {
    String line =
        "{\"id\":\"a\",\"image\":\"a.jpg\",\"split\":\"dev\",\"group\":\"g\",\"source\":\"%s\","
            + "\"body_part\":\"%s\",\"labels\":[%s]}";
    Map<String, Boolean> stated = new TreeMap<>();
    findings
        .of(StatedRecord.of(JsonMapper.shared().readTree(line.formatted(source, part, labels))))
        .forEach((finding, truth) -> stated.put(finding.id(), truth));
    return stated;
  }
}

package io.overread.vlm.finding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Every catalogue there is, and which one a study gets. */
public final class FindingCatalogues {

  private static final String RESOURCE = "catalogue.json";

  private final List<FindingCatalogue> catalogues;
  private final FindingCatalogue general;

  /** Refuses what could not be looked up: no general catalogue, or an id twice. */
  public FindingCatalogues(List<FindingCatalogue> catalogues) {
    this.catalogues = List.copyOf(catalogues);
    this.general =
        this.catalogues.stream()
            .filter(FindingCatalogue::isGeneral)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no catalogue is for any study"));
    Set<String> ids = new HashSet<>();
    for (FindingCatalogue catalogue : this.catalogues) {
      requireNew(ids, catalogue.id());
      Set<String> findings = new HashSet<>();
      catalogue.findings().forEach(finding -> requireNew(findings, finding.id()));
    }
  }

  /** The catalogues that ship with the engine. */
  public static FindingCatalogues shipped() {
    return Shipped.CATALOGUES;
  }

  private static FindingCatalogues read() {
    try (InputStream in = FindingCatalogues.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not in the jar");
      }
      return new FindingCatalogues(
          JsonMapper.builder()
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
              .build()
              .readValue(in, Document.class)
              .catalogues());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  /** All of them, the general one included. */
  public List<FindingCatalogue> all() {
    return catalogues;
  }

  /**
   * The catalogue for a study:
   *
   * <ol>
   *   <li>the first that names both its modality and its body part;
   *   <li>if the study states no body part, as many do: the only one that names its modality;
   *   <li>otherwise the general one, which asks for no finding. A wrong catalogue would put
   *       questions to the model that it was not trained to answer for such images.
   * </ol>
   *
   * @param modality Modality (0008,0060), in any case, or null
   * @param bodyPart Body Part Examined (0018,0015), in any case, or null
   */
  public FindingCatalogue forStudy(@Nullable String modality, @Nullable String bodyPart) {
    String wantedModality = normalised(modality);
    String wantedPart = normalised(bodyPart);
    List<FindingCatalogue> ofModality =
        catalogues.stream().filter(c -> c.modalities().contains(wantedModality)).toList();
    if (wantedPart.isEmpty()) {
      return ofModality.size() == 1 ? ofModality.getFirst() : general;
    }
    return ofModality.stream()
        .filter(c -> c.bodyParts().isEmpty() || c.bodyParts().contains(wantedPart))
        .findFirst()
        .orElse(general);
  }

  private static String normalised(@Nullable String code) {
    return code == null ? "" : code.strip().toUpperCase(Locale.ROOT);
  }

  private static void requireNew(Set<String> ids, String id) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException("the id " + id + " is there twice");
    }
  }

  /** Read once: every draft asks for them. */
  private static final class Shipped {
    private static final FindingCatalogues CATALOGUES = read();
  }

  private record Document(List<FindingCatalogue> catalogues) {}
}

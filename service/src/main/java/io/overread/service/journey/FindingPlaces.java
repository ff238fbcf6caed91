package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance.ImageHeader;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.service.region.FindingRegions;
import io.overread.service.region.ImageBox;
import io.overread.service.region.RegionProperties;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingLocator;
import io.overread.vlm.finding.FindingRegion;
import io.overread.vlm.finding.LocatedFinding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Looks where the findings of a draft are, and keeps it. */
@Component
class FindingPlaces {
  private final FindingRegions regions;
  private final RegionProperties properties;

  FindingPlaces(FindingRegions regions, RegionProperties properties) {
    this.regions = regions;
    this.properties = properties;
  }

  /** Of what is present: a region says where a finding would be, not that it is there. */
  void keep(FindingCatalogue catalogue, List<RecordedFinding> findings, Reading reading) {
    ImageHeader image = reading.sources().getFirst().instance().image();
    Integer columns = image.columns();
    Integer rows = image.rows();
    if (columns == null || rows == null) {
      return;
    }
    List<RecordedFinding> present =
        findings.stream()
            .filter(finding -> Boolean.TRUE.equals(finding.score().present()))
            .toList();
    Set<String> ids =
        present.stream().map(finding -> finding.question().findingId()).collect(Collectors.toSet());
    Map<String, LocatedFinding> located =
        new FindingLocator(reading.model(), properties.occlusionLimit())
            .locate(
                reading.encoded(),
                reading.first(),
                catalogue.findings().stream().filter(each -> ids.contains(each.id())).toList());
    for (RecordedFinding finding : present) {
      LocatedFinding place = located.get(finding.question().findingId());
      if (place != null) {
        regions.keep(
            finding.id(),
            new FindingRegions.FindingBox(
                onImage(place.box(), columns, rows), place.method().name()));
      }
    }
  }

  private static ImageBox onImage(FindingRegion.Box box, int columns, int rows) {
    return new ImageBox(
        box.x() * columns,
        box.y() * rows,
        (box.x() + box.width()) * columns,
        (box.y() + box.height()) * rows);
  }
}

package io.overread.gateway.triage;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.ReadLimits;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.rule.Attributes;
import io.overread.gateway.rule.DataSetAttributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the headers of a study's images say: of each series the one in its middle. */
public final class StudyHeaders {

  private static final Logger LOG = LoggerFactory.getLogger(StudyHeaders.class);

  /** The first group behind the header's: pixel data (7FE0,xxxx). */
  private static final int PIXEL_DATA_GROUP = 0x7FE0_0000;

  private static final int MOST_SERIES = 200;

  private static final ReadLimits LIMITS = new ReadLimits(16, 500_000, 4096, 32L << 20, 512L << 20);

  private final StoredInstances instances;

  /** Over the stored instances. */
  public StudyHeaders(StoredInstances instances) {
    this.instances = instances;
  }

  /**
   * A series, as one of its images describes it.
   *
   * @param instance that image
   */
  public record SeriesHeader(
      String seriesInstanceUid, StoredInstance instance, Attributes attributes) {}

  /** The series of a study, by Series Number; of hostile numbers of them the first few. */
  public List<SeriesHeader> ofStudy(String studyInstanceUid) {
    Map<String, List<StoredInstance>> bySeries = new LinkedHashMap<>();
    for (StoredInstance instance : instances.ofStudy(studyInstanceUid)) {
      bySeries
          .computeIfAbsent(instance.seriesInstanceUid(), uid -> new ArrayList<>())
          .add(instance);
    }
    return bySeries.entrySet().stream()
        .limit(MOST_SERIES)
        .map(
            series -> {
              StoredInstance middle = series.getValue().get(series.getValue().size() / 2);
              return new SeriesHeader(
                  series.getKey(), middle, new DataSetAttributes(read(middle.path())));
            })
        .toList();
  }

  /** A file's header; of one that can't be read nothing is known. */
  static DataSet read(Path file) {
    try {
      return DicomFile.openBefore(file, PIXEL_DATA_GROUP, LIMITS).dataSet();
    } catch (IOException unreadable) {
      LOG.warn("The header of {} can't be read", file.getFileName(), unreadable);
      return new DataSet();
    }
  }
}

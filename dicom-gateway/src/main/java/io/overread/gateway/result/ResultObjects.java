package io.overread.gateway.result;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes the objects of a report from it and from the images that it refers to. */
public final class ResultObjects {

  private final StoredInstances instances;
  private final FrameRenderer renderer = new FrameRenderer(PixelLimits.STANDARD);

  /** From the images that are stored. */
  public ResultObjects(StoredInstances instances) {
    this.instances = instances;
  }

  /**
   * Makes one, and checks it.
   *
   * @throws NotBuiltException when it can't be made, ever
   * @throws IOException when a file can't be read at present
   */
  public DataSet build(ReportToDeliver report, ResultIdentity identity) throws IOException {
    SourceStudy source;
    try {
      source = SourceStudy.read(images(report));
    } catch (DicomFormatException damaged) {
      throw new NotBuiltException("the header of the image is damaged");
    }
    ResultObject object = new ResultObject(report, identity, source);
    DataSet built =
        switch (identity.kind()) {
          case SR -> MeasurementReport.of(object);
          case PDF -> EncapsulatedReport.of(object);
          case SC -> MarkedCapture.of(object, renderer);
        };
    List<String> defects = ResultCheck.defects(built, identity);
    if (!defects.isEmpty()) {
      throw new NotBuiltException("the object breaks the standard: " + String.join(", ", defects));
    }
    return built;
  }

  /** Those that findings point to, the one of the likeliest first; without any, one to name. */
  private List<StoredInstance> images(ReportToDeliver report) {
    Set<String> uids = new LinkedHashSet<>();
    report.findings().stream()
        .sorted(Comparator.comparingInt(finding -> finding.score().presence().ordinal()))
        .forEach(finding -> uids.add(finding.image().sopInstanceUid()));
    List<StoredInstance> images = new ArrayList<>();
    for (String uid : uids) {
      images.add(instances.find(uid).orElseThrow(ResultObjects::gone));
    }
    if (images.isEmpty()) {
      images.add(anyImage(report.identity().studyInstanceUid()));
    }
    for (StoredInstance image : images) {
      Instant deletedAt = image.file().deletedAt();
      if (deletedAt != null) {
        throw new NotBuiltException(StoredInstance.deletedWords(deletedAt));
      }
    }
    return images;
  }

  private StoredInstance anyImage(String studyInstanceUid) {
    Set<String> own = instances.ownResultsOf(studyInstanceUid);
    return instances.ofStudy(studyInstanceUid).stream()
        .filter(instance -> !own.contains(instance.sopInstanceUid()))
        .max(
            Comparator.comparing(StoredInstance::isHere)
                .thenComparing(instance -> instance.numberOfFrames() > 0))
        .orElseThrow(ResultObjects::gone);
  }

  private static NotBuiltException gone() {
    return new NotBuiltException("the image is no longer stored");
  }
}

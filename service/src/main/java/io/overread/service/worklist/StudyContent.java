package io.overread.service.worklist;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.overread.gateway.instance.StoredInstance;
import io.overread.service.journey.ReadInputs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A study with what is in it. */
record StudyContent(
    @JsonUnwrapped StudyRow row, List<Series> series, List<ReadInputs.Input> modelInputs) {

  static StudyContent of(
      StudyRow row,
      List<io.overread.gateway.study.Series> series,
      List<StoredInstance> instances,
      List<ReadInputs.Input> modelInputs) {
    return new StudyContent(
        row, series.stream().map(each -> Series.of(each, instances)).toList(), modelInputs);
  }

  record Series(
      String seriesInstanceUid,
      @Nullable String modality,
      @Nullable String bodyPartExamined,
      @Nullable Integer seriesNumber,
      @Nullable String seriesDescription,
      List<Instance> instances) {

    static Series of(io.overread.gateway.study.Series series, List<StoredInstance> instances) {
      return new Series(
          series.seriesInstanceUid(),
          series.attributes().modality(),
          series.attributes().anatomy().bodyPartExamined(),
          series.attributes().seriesNumber(),
          series.attributes().seriesDescription(),
          instances.stream()
              .filter(each -> each.seriesInstanceUid().equals(series.seriesInstanceUid()))
              .map(Instance::of)
              .toList());
    }
  }

  record Instance(
      String sopInstanceUid,
      String sopClassUid,
      String transferSyntaxUid,
      @Nullable Integer instanceNumber,
      @Nullable Integer rows,
      @Nullable Integer columns,
      int numberOfFrames) {

    static Instance of(StoredInstance stored) {
      return new Instance(
          stored.sopInstanceUid(),
          stored.sopClassUid(),
          stored.transferSyntaxUid(),
          stored.image().instanceNumber(),
          stored.image().rows(),
          stored.image().columns(),
          stored.numberOfFrames());
    }
  }
}

package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.study.Series;
import io.overread.vlm.EncodedStudy;
import java.util.List;

/**
 * A study as the model has read it.
 *
 * @param encoded closed by whoever keeps it, not by whoever asks
 * @param sources the frames that were read, at least one; the first is the one findings point to
 */
public record Reading(EncodedStudy encoded, List<Source> sources) {
  public Reading {
    sources = List.copyOf(sources);
  }

  /** A frame that was read, from 1. */
  public record Source(StoredInstance instance, Series series, int frame) {}
}

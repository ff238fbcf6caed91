package io.overread.gateway.dicomweb.retrieve;

import io.overread.gateway.dicomweb.Uids;
import org.jspecify.annotations.Nullable;

/** What a request is about: a study, a series of it or an instance of that. */
public record Target(String study, @Nullable String series, @Nullable String instance) {

  /** Refuses what is no UID. */
  public Target {
    Uids.require("Study Instance UID", study);
    if (series != null) {
      Uids.require("Series Instance UID", series);
    }
    if (instance != null) {
      Uids.require("SOP Instance UID", instance);
    }
  }

  /** The most specific of the UIDs. */
  String uid() {
    return instance != null ? instance : series != null ? series : study;
  }

  String kind() {
    return instance != null ? "instance" : series != null ? "series" : "study";
  }
}

package io.overread.gateway.render;

import io.overread.dicom.presentation.ImageReference;
import java.util.List;

/**
 * A presentation state among the instances of a study.
 *
 * @param images what it is about; empty where it can't be applied at all
 * @param notApplied what it asks for and isn't done, or why it can't be applied
 */
public record StoredState(
    String sopInstanceUid, Content content, List<ImageReference> images, List<String> notApplied) {

  /**
   * What it says of itself; empty texts where it doesn't.
   *
   * @param label Content Label (0070,0080)
   * @param description Content Description (0070,0081)
   * @param creator Content Creator's Name (0070,0084), for people to read
   * @param creationDate Presentation Creation Date (0070,0082), YYYYMMDD
   */
  public record Content(String label, String description, String creator, String creationDate) {}
}

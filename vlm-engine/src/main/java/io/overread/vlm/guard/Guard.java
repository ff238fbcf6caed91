package io.overread.vlm.guard;

import java.util.Locale;

/** The guards, by what they object to. */
public enum Guard {
  /** The model said itself that it can't tell. */
  REFUSED,
  /** The answer is likelier wrong than the model's threshold allows. */
  LOW_PROBABILITY,
  /** The words are as likely without the image: they were not read from it. */
  IMAGE_INDEPENDENT,
  /** Modality or body part outside what the model was made for. */
  OUT_OF_SCOPE,
  /** The image is blank, noise, broken or no medical image. */
  UNUSABLE_IMAGE,
  /** A statement of change though nothing was there to compare with. */
  CHANGE_WITHOUT_PRIOR,
  /** A side that the header or a marker on the image rules out, or that the model can't tell. */
  LATERALITY,
  /** The words say otherwise than the scored finding. */
  CONTRADICTION,
  /** A length or an area: the model measures nothing. */
  MEASUREMENT;

  /** As it is stored and told: lower case, hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

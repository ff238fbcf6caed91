package io.overread.reporting.review;

/** Where a report stands on the review desk. */
public enum ReviewState {
  /** As the model wrote it; nobody has decided. */
  DRAFTED,
  /** A radiologist took the text as it stands; it waits for a signature. */
  ACCEPTED,
  /** A radiologist changed the text; it waits for a signature. */
  EDITED,
  /** A radiologist refused the draft; it may still be rewritten. */
  REJECTED,
  /** Signed; final or amended. */
  SIGNED,
  /** Signed, and being changed: the signed text stands until the change is signed too. */
  AMENDING,
  /** Never signed, and replaced by the draft of a later revision of the study. */
  SUPERSEDED
}

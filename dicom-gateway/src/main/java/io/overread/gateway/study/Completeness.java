package io.overread.gateway.study;

/**
 * Whether everything of a study is here, as far as can be told. Beside the {@link StudyState},
 * which says only whether a revision was closed.
 */
public enum Completeness {
  /** Images are still arriving. */
  UNKNOWN,
  /** It was closed although something that was expected or announced is missing. */
  PARTIAL,
  /** Nothing that was expected is missing. */
  COMPLETE
}

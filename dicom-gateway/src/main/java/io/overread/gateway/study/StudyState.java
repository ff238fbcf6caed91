package io.overread.gateway.study;

/** How far the reception of a study has come; see {@link StudyLifeCycle} for the transitions. */
public enum StudyState {
  /** Instances arrived that no completed revision holds yet. */
  RECEIVING,
  /**
   * Its present revision holds every instance that came. Whether all came: {@link Completeness}.
   */
  COMPLETE
}

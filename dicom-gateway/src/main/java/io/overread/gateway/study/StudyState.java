package io.overread.gateway.study;

/** How far the reception of a study has come; see {@link StudyLifeCycle} for the transitions. */
public enum StudyState {
  /** Instances arrived that no completed revision holds yet. */
  RECEIVING,
  /** The study was quiet for the set time; its present revision holds every instance. */
  COMPLETE
}

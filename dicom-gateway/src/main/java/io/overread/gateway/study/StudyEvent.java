package io.overread.gateway.study;

/** What moves a study through its {@link StudyLifeCycle}. */
public enum StudyEvent {
  /** A new instance was committed. The same instance sent again is no event. */
  INSTANCE_ARRIVED,
  /** It was judged complete, or its time was over: see {@link CompletenessTable}. */
  CLOSED
}

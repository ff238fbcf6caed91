package io.overread.gateway.study;

/** What moves a study through its {@link StudyLifeCycle}. */
public enum StudyEvent {
  /** A new instance was committed. The same instance sent again is no event. */
  INSTANCE_ARRIVED,
  /** No new instance came for the set quiet time. */
  FELL_QUIET
}

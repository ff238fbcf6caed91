package io.overread.gateway.triage;

/** When a draft is made. */
public enum TriagePriority {
  /** Before all others that wait. */
  URGENT,
  /** In the order in which studies are complete. */
  NORMAL,
  /** In the off-peak hours, behind all others. */
  OFF_PEAK
}

package io.overread.gateway.study;

/** How a peer said what a study consists of. */
enum SignalKind {
  /** Instance Availability Notification (PS3.4 R). */
  AVAILABLE("notification"),
  /** Modality Performed Procedure Step, COMPLETED (PS3.4 F.7). */
  STEP_COMPLETED("performed procedure step"),
  /** Modality Performed Procedure Step, DISCONTINUED. */
  STEP_DISCONTINUED("discontinued procedure step");

  private final String words;

  SignalKind(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}

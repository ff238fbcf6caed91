package io.overread.gateway.capacity;

/** How many complete studies wait for their drafts. The service implements it. */
@FunctionalInterface
public interface WaitingStudies {

  /** Counts them. */
  int count();
}

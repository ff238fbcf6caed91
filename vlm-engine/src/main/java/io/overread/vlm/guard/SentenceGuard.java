package io.overread.vlm.guard;

import java.util.Optional;

/** Looks at the words alone, after they were written: nothing in a prompt can switch it off. */
@FunctionalInterface
public interface SentenceGuard {

  /** What it has against a sentence; empty if nothing. */
  Optional<Objection> objection(String sentence);
}

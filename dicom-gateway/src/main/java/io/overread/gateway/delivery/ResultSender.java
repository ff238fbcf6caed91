package io.overread.gateway.delivery;

import io.overread.gateway.delivery.Delivery.SentObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sends objects to one destination, and asks it for them. */
interface ResultSender {

  /** Sends the object of a file. */
  Sending send(SentObject object, Path file);

  /** Asks whether the destination has the object. */
  Proof prove(SentObject object);

  /**
   * What a destination said, or why it said nothing.
   *
   * @param status a DIMSE status of four digits, or an HTTP status; null where there was none
   * @param reason in our words; null where there is nothing to say
   * @param comment in the destination's own words, which may hold anything; null where there were
   *     none
   */
  record Answer(@Nullable String status, @Nullable String reason, @Nullable String comment) {

    static Answer of(@Nullable String status, @Nullable String reason) {
      return new Answer(status, reason, null);
    }

    /** As people read it. */
    @Nullable String words() {
      return comment == null ? reason : reason == null ? comment : reason + ": " + comment;
    }
  }

  /** What came of sending. */
  sealed interface Sending {

    /** The destination took it. */
    record Accepted(Answer answer) implements Sending {}

    /** The destination refused it and would again. */
    record Refused(Answer answer) implements Sending {}

    /** It did not get there, and may later. */
    record FailedForNow(Answer answer) implements Sending {}
  }

  /** What came of asking. */
  sealed interface Proof {

    /** It is there. */
    record Held(String how) implements Proof {}

    /** It is not there, or not yet. */
    record NotHeld(String reason) implements Proof {}

    /** The destination could not be asked. */
    record Unknown(String reason) implements Proof {}
  }
}

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

  /** What came of sending. */
  sealed interface Sending {

    /**
     * The destination took it.
     *
     * @param status what it said
     * @param remark what it said beside that; null where nothing
     */
    record Accepted(String status, @Nullable String remark) implements Sending {}

    /** The destination refused it and would again. */
    record Refused(@Nullable String status, String reason) implements Sending {}

    /** It did not get there, and may later. */
    record FailedForNow(@Nullable String status, String reason) implements Sending {}
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

package io.overread.gateway.delivery;

import io.overread.gateway.result.ReportEvent;
import io.overread.gateway.result.ResultKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of an object to a destination.
 *
 * @param id its key, and the name of its task
 * @param object what is delivered
 * @param destination the destination's name in the settings
 * @param progress how far it has come
 * @param commitment Transaction UID of the Storage Commitment that the destination was asked for;
 *     null where none is open
 */
public record Delivery(
    UUID id,
    SentObject object,
    String destination,
    Progress progress,
    @Nullable String commitment) {

  /**
   * What is delivered.
   *
   * @param digest SHA-256 of its file, hex; null until it is made
   */
  public record SentObject(
      UUID reportId,
      int reportVersion,
      ReportEvent event,
      ResultKind kind,
      String studyInstanceUid,
      String seriesInstanceUid,
      String sopInstanceUid,
      @Nullable String digest) {}

  /**
   * How far it has come.
   *
   * @param tries how often it was tried since it came into its state or was asked for again
   * @param status what the peer last said: a DIMSE status of four digits, or an HTTP status
   * @param reason why it is where it is, in words; null where there is nothing to say
   * @param nextStepAt when something is done next; null: nothing
   * @param updatedAt when it came where it is
   */
  public record Progress(
      DeliveryState state,
      int tries,
      @Nullable String status,
      @Nullable String reason,
      @Nullable Instant nextStepAt,
      Instant updatedAt) {}
}

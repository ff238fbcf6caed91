package io.overread.gateway.association;

import io.overread.dicom.net.AcceptorTimeouts;
import io.overread.dicom.net.PduLengths;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may associate, how many and how slowly, {@code overread.associations.*}. How many in all is
 * {@code overread.storage.max-associations}.
 *
 * @param unknownPeers what becomes of callers that are not among {@code overread.peers}; null to
 *     refuse them where peers are named and the service can be reached from elsewhere
 * @param perPeer how many associations one peer may have at once
 * @param queue how many may wait for another to end
 * @param queueWait how long each of them waits
 * @param timeouts how long peers may take
 * @param pdu the longest PDUs
 */
@Validated
@ConfigurationProperties("overread.associations")
public record AssociationProperties(
    @Nullable UnknownPeers unknownPeers,
    @Min(1) @Max(10_000) @DefaultValue("32") int perPeer,
    @Min(0) @Max(10_000) @DefaultValue("16") int queue,
    @NotNull @DefaultValue("5s") Duration queueWait,
    @NotNull @Valid @DefaultValue Timeouts timeouts,
    @NotNull @Valid @DefaultValue Pdu pdu) {

  /**
   * How long peers may take.
   *
   * @param artim to request an association after the connection, TLS included, and to close the
   *     connection after its end
   * @param idle to send the next message
   * @param dimse to send the next PDU of a message
   * @param send to take a PDU
   */
  public record Timeouts(
      @NotNull @DefaultValue("30s") Duration artim,
      @NotNull @DefaultValue("2m") Duration idle,
      @NotNull @DefaultValue("1m") Duration dimse,
      @NotNull @DefaultValue("1m") Duration send) {

    /** Checks the ranges. */
    public Timeouts {
      new AcceptorTimeouts(artim, idle, dimse, send, Duration.ZERO);
    }

    AcceptorTimeouts closingAfter(Duration close) {
      return new AcceptorTimeouts(artim, idle, dimse, send, close);
    }
  }

  /**
   * The longest PDUs, in bytes.
   *
   * @param receive that peers may send
   * @param send that we send
   */
  public record Pdu(
      @Min(PduLengths.SHORTEST) @Max(PduLengths.LONGEST) @DefaultValue("131072") int receive,
      @Min(PduLengths.SHORTEST) @Max(PduLengths.LONGEST) @DefaultValue("131072") int send) {}
}

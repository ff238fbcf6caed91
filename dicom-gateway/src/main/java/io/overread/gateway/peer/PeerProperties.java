package io.overread.gateway.peer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The peers that an administrator has named, {@code overread.peers.NAME.*}: archives, viewers,
 * modalities. Whatever sends to or asks a peer names it by its key here, and whoever calls us is
 * known by it.
 *
 * @param peers by name
 */
@Validated
@ConfigurationProperties("overread")
public record PeerProperties(@NotNull @DefaultValue Map<String, @Valid Peer> peers) {

  /** The peers, which can't be changed. */
  public PeerProperties {
    peers = Map.copyOf(peers);
  }

  /** The first peer with this AE title, by name. */
  public Optional<Peer> withAeTitle(String aeTitle) {
    return peers.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .filter(peer -> peer.aeTitle().equals(aeTitle))
        .findFirst();
  }

  /**
   * One application entity.
   *
   * @param aeTitle its AE title (PS3.5 6.2: at most 16 characters)
   * @param host where it listens; absent for one that only calls us
   * @param port on which it listens
   * @param tls whether it speaks TLS: we then connect with it, and take no call without
   * @param caller how it is known when it calls
   */
  public record Peer(
      @NotNull @Pattern(regexp = "[!-\\[\\]-~]([ -\\[\\]-~]{0,14}[!-\\[\\]-~])?") String aeTitle,
      @Nullable String host,
      @Min(1) @Max(65535) @DefaultValue("104") int port,
      @DefaultValue("false") boolean tls,
      @NotNull @Valid @DefaultValue Caller caller) {

    /** As settings give it. */
    @ConstructorBinding
    public Peer {}

    /** One that is known by its AE title alone and speaks no TLS. */
    public Peer(String aeTitle, @Nullable String host, int port) {
      this(aeTitle, host, port, false, Caller.ANY);
    }
  }

  /**
   * What must be true of a call for it to be from the peer with that AE title.
   *
   * @param addresses it comes from one of these; from anywhere where there are none
   * @param certificate it shows this one over TLS; null for none or any
   * @param userIdentity whether it must name a user whom we can verify
   * @param maxAssociations how many it may have at once; null for the default
   */
  public record Caller(
      @NotNull @DefaultValue List<AddressBlock> addresses,
      @Nullable CertificateMatch certificate,
      @DefaultValue("false") boolean userIdentity,
      @Nullable @Min(1) Integer maxAssociations) {

    static final Caller ANY = new Caller(List.of(), null, false, null);

    /** Copies the list. */
    public Caller {
      addresses = List.copyOf(addresses);
    }
  }
}

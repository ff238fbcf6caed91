package io.overread.gateway.peer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The peers that an administrator has named, {@code overread.peers.NAME.*}: archives, viewers,
 * modalities. Whatever sends to or asks a peer names it by its key here.
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
   */
  public record Peer(
      @NotNull @Pattern(regexp = "[!-\\[\\]-~]([ -\\[\\]-~]{0,14}[!-\\[\\]-~])?") String aeTitle,
      @Nullable String host,
      @Min(1) @Max(65535) @DefaultValue("104") int port) {}
}

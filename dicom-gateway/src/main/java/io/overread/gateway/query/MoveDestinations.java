package io.overread.gateway.query;

import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.DimseRequest;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.MoveOriginator;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.peer.PeerAssociations;
import io.overread.gateway.peer.PeerProperties;
import io.overread.gateway.peer.PeerProperties.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where C-MOVE may send to: the peers that are configured, by AE title. */
final class MoveDestinations {

  /** Refused: Move Destination unknown (PS3.4 Table C.4-2). */
  private static final DimseStatus UNKNOWN = new DimseStatus(0xA801);

  private static final int MAXIMUM_CONTEXTS = 128;

  private final PeerProperties peers;
  private final PeerAssociations associations;

  MoveDestinations(PeerProperties peers, PeerAssociations associations) {
    this.peers = peers;
    this.associations = associations;
  }

  /** A destination could not be associated with. */
  static final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreachableException(IOException cause) {
      super("the move destination can't be reached", cause);
    }
  }

  /**
   * The destination of a C-MOVE.
   *
   * @throws RefusedException A801 when no peer has that AE title, or it only calls us
   */
  Destination of(DimseRequest request) throws RefusedException {
    String aeTitle = request.command().text(Tag.MoveDestination).orElse("");
    Peer peer =
        peers
            .withAeTitle(aeTitle)
            .filter(known -> known.host() != null)
            .orElseThrow(() -> new RefusedException(UNKNOWN, "Move Destination unknown"));
    MoveOriginator originator =
        new MoveOriginator(request.association().callingAeTitle(), request.messageId());
    return new Destination(peer, originator, associations);
  }

  /** A peer on whose behalf somebody asked. */
  record Destination(Peer peer, MoveOriginator originator, PeerAssociations associations) {

    String aeTitle() {
      return peer.aeTitle();
    }

    /**
     * Associates to send the instances.
     *
     * @throws UnreachableException when that fails
     */
    Connection connect(List<StoredInstance> instances) throws UnreachableException {
      try {
        return new Connection(
            associations.connect(peer, contexts(instances), List.of(), RequestorSettings.DEFAULT),
            originator);
      } catch (IOException e) {
        throw new UnreachableException(e);
      }
    }
  }

  /** An association with a destination. */
  record Connection(Association association, MoveOriginator originator) implements AutoCloseable {

    Transfer.Destination destination() {
      return new Transfer.Destination(
          association.contexts(),
          (context, sopInstanceUid, dataSet) ->
              association.store(
                  context.abstractSyntaxUid(),
                  sopInstanceUid,
                  context.transferSyntaxUid(),
                  dataSet,
                  originator));
    }

    @Override
    public void close() {
      association.close();
    }
  }

  /** Each SOP Class as it is stored, and natively for what has to be decompressed. */
  private static List<ProposedContext> contexts(List<StoredInstance> instances) {
    Map<String, Set<String>> syntaxes = new LinkedHashMap<>();
    instances.forEach(
        instance ->
            syntaxes
                .computeIfAbsent(instance.sopClassUid(), _ -> new LinkedHashSet<>())
                .add(instance.transferSyntaxUid()));
    syntaxes.values().forEach(stored -> stored.add(Uid.ExplicitVRLittleEndian));
    syntaxes.values().forEach(stored -> stored.add(Uid.ImplicitVRLittleEndian));
    List<ProposedContext> contexts = new ArrayList<>();
    for (Map.Entry<String, Set<String>> sopClass : syntaxes.entrySet()) {
      for (String syntax : sopClass.getValue()) {
        // More kinds in one retrieval hardly occur; what has no context fails, and is told.
        if (contexts.size() < MAXIMUM_CONTEXTS) {
          int id = 2 * contexts.size() + 1;
          contexts.add(new ProposedContext(id, sopClass.getKey(), List.of(syntax)));
        }
      }
    }
    return contexts;
  }
}

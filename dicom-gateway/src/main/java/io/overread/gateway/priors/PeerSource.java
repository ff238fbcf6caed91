package io.overread.gateway.priors;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.StoreHandler;
import io.overread.dicom.net.SubOperations;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
import io.overread.gateway.peer.PeerAssociations;
import io.overread.gateway.peer.PeerProperties.Peer;
import io.overread.gateway.priors.PriorsProperties.Retrieve;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An archive that is asked by C-FIND, and by C-GET or C-MOVE, of the study root. */
final class PeerSource implements PriorSource {

  private static final String FIND = Uid.StudyRootQueryRetrieveInformationModelFind;
  private static final String GET = Uid.StudyRootQueryRetrieveInformationModelGet;
  private static final String MOVE = Uid.StudyRootQueryRetrieveInformationModelMove;

  private static final List<String> NATIVE =
      List.of(Uid.ExplicitVRLittleEndian, Uid.ImplicitVRLittleEndian);

  /** An archive may fetch from tape before its first response. */
  private static final RequestorSettings PATIENT =
      new RequestorSettings(
          RequestorSettings.DEFAULT.maximumPduLength(),
          RequestorSettings.DEFAULT.connect(),
          Duration.ofMinutes(5),
          RequestorSettings.DEFAULT.send());

  /** A patient has no more studies than that in the time asked for. */
  private static final int MOST_MATCHES = 500;

  /** More than are ever fetched. */
  private static final int MOST_DESCRIBED = 50;

  private final String name;
  private final Peer peer;
  private final Retrieve retrieve;
  private final PeerAssociations associations;
  private final StoreHandler handler;

  /**
   * An archive.
   *
   * @param handler stores what comes by C-GET
   */
  PeerSource(
      String name,
      Peer peer,
      Retrieve retrieve,
      PeerAssociations associations,
      StoreHandler handler) {
    this.name = name;
    this.peer = peer;
    this.retrieve = retrieve;
    this.associations = associations;
    this.handler = handler;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String callingAeTitle() {
    return peer.aeTitle();
  }

  @Override
  public List<Candidate> find(SoughtPriors sought) throws IOException {
    List<Candidate> found = new ArrayList<>();
    int[] matches = {0};
    try (Association association = connect(FIND, List.of(), List.of())) {
      DimseResponse response =
          association.find(
              FIND,
              identifier(sought),
              match -> {
                Candidate.of(match, sought).ifPresent(found::add);
                return ++matches[0] < MOST_MATCHES;
              });
      requireDone(response.status());
      return described(association, found);
    }
  }

  /** Many archives tell modality and body part of series only; the latest studies are asked for. */
  private static List<Candidate> described(Association association, List<Candidate> found)
      throws IOException {
    List<Candidate> latest =
        found.stream()
            .sorted(Comparator.comparing(Candidate::studyDate).reversed())
            .limit(MOST_DESCRIBED)
            .toList();
    List<Candidate> described = new ArrayList<>();
    for (Candidate candidate : latest) {
      List<String> modalities = new ArrayList<>();
      List<String> bodyParts = new ArrayList<>();
      association.find(
          FIND,
          new DataSet()
              .putString(Tag.QueryRetrieveLevel, "SERIES")
              .putString(Tag.StudyInstanceUID, candidate.studyInstanceUid())
              .putEmpty(Tag.SeriesInstanceUID)
              .putEmpty(Tag.Modality)
              .putEmpty(Tag.BodyPartExamined),
          series -> {
            series.string(Tag.Modality).ifPresent(modalities::add);
            series.string(Tag.BodyPartExamined).ifPresent(bodyParts::add);
            return modalities.size() < MOST_MATCHES;
          });
      described.add(candidate.with(modalities, bodyParts));
    }
    return described;
  }

  @Override
  public int fetch(String studyInstanceUid) throws IOException {
    DataSet identifier =
        new DataSet()
            .putString(Tag.QueryRetrieveLevel, "STUDY")
            .putString(Tag.StudyInstanceUID, studyInstanceUid);
    DimseResponse response =
        switch (retrieve) {
          case GET -> get(identifier);
          case MOVE -> move(identifier);
        };
    requireDone(response.status());
    return SubOperations.of(response).failed();
  }

  private DimseResponse get(DataSet identifier) throws IOException {
    try (Association association =
        connect(GET, StorageContexts.proposed(3), StorageContexts.roles())) {
      return association.get(GET, identifier, handler, _ -> true);
    }
  }

  private DimseResponse move(DataSet identifier) throws IOException {
    try (Association association = connect(MOVE, List.of(), List.of())) {
      return association.move(MOVE, identifier, associations.aeTitle(), _ -> true);
    }
  }

  private Association connect(
      String sopClassUid, List<ProposedContext> more, List<RoleSelection> roles)
      throws IOException {
    List<ProposedContext> contexts = new ArrayList<>();
    contexts.add(new ProposedContext(1, sopClassUid, NATIVE));
    contexts.addAll(more);
    Association association = associations.connect(peer, contexts, roles, PATIENT);
    if (association.contexts().stream().noneMatch(context -> context.id() == 1)) {
      association.close();
      throw new IOException(peer.aeTitle() + " does not accept " + sopClassUid);
    }
    return association;
  }

  private static DataSet identifier(SoughtPriors sought) {
    DataSet identifier = DataSet.withCharacterSet("ISO_IR 192");
    identifier.putString(Tag.QueryRetrieveLevel, "STUDY");
    String patientId = sought.patient().patientId();
    identifier.putString(Tag.PatientID, patientId == null ? "" : patientId);
    identifier.putString(Tag.StudyDate, sought.from() + "-" + sought.to());
    for (int tag :
        List.of(
            Tag.IssuerOfPatientID,
            Tag.PatientBirthDate,
            Tag.PatientSex,
            Tag.StudyInstanceUID,
            Tag.ModalitiesInStudy,
            Tag.StudyDescription)) {
      identifier.putEmpty(tag);
    }
    return identifier;
  }

  /** Cancelled by us is done; so is a retrieval of which only some failed, which is counted. */
  private static void requireDone(DimseStatus status) throws IOException {
    if (!status.isDone() && status.category() != DimseStatus.Category.CANCEL) {
      throw new IOException("the archive answers " + status);
    }
  }
}

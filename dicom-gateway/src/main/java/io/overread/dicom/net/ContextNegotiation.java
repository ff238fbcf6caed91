package io.overread.dicom.net;

import io.overread.dicom.dictionary.RegisteredUid;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.dictionary.UidDictionary;
import io.overread.dicom.net.pdu.ContextResult;
import io.overread.dicom.net.pdu.ContextResult.Result;
import io.overread.dicom.net.pdu.ProposedContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers proposed presentation contexts. Of the transfer syntaxes that a context offers, the first
 * that is acceptable is chosen: the order is the peer's preference, nothing is transcoded, and what
 * the peer has at hand arrives as it is.
 */
public final class ContextNegotiation {
  // Storage of objects without a patient, which belong to no study (PS3.4 GG).
  private static final Set<String> NON_PATIENT_STORAGE =
      Set.of(
          "HangingProtocolStorage",
          "ColorPaletteStorage",
          "GenericImplantTemplateStorage",
          "ImplantAssemblyTemplateStorage",
          "ImplantTemplateGroupStorage",
          "CTDefinedProcedureProtocolStorage",
          "XADefinedProcedureProtocolStorage",
          "ProtocolApprovalStorage",
          "InventoryStorage");

  // Registered, yet not encodings of a data set that can arrive by C-STORE with its pixels.
  private static final Set<String> NOT_FOR_STORAGE =
      Set.of(
          "JPIPReferenced",
          "JPIPReferencedDeflate",
          "JPIPHTJ2KReferenced",
          "JPIPHTJ2KReferencedDeflate",
          "RFC2557MIMEEncapsulation",
          "XMLEncoding",
          "Papyrus3ImplicitVRLittleEndian",
          "SMPTEST211020UncompressedProgressiveActiveVideo",
          "SMPTEST211020UncompressedInterlacedActiveVideo",
          "SMPTEST211030PCMDigitalAudio");

  // Of the data sets of services, which have no pixels; the default of PS3.5 10.1 among them.
  private static final Set<String> FOR_SERVICES =
      Set.of(Uid.ImplicitVRLittleEndian, Uid.ExplicitVRLittleEndian);

  private final ContextPolicy policy;
  private final ServiceRegistry services;

  ContextNegotiation(ContextPolicy policy, ServiceRegistry services) {
    this.policy = policy;
    this.services = services;
  }

  /** For an acceptor that serves Verification and Storage alone. */
  public static ContextNegotiation ofStorage(ContextPolicy policy) {
    return new ContextNegotiation(policy, new ServiceRegistry(List.of()));
  }

  /** The services whose SOP Classes are accepted. */
  ServiceRegistry services() {
    return services;
  }

  /** Accepted, with the transfer syntax, or why not. */
  public ContextResult answer(ProposedContext proposed) {
    boolean served = services.find(proposed.abstractSyntax()).isPresent();
    if (!served && !acceptsAbstractSyntax(proposed.abstractSyntax())) {
      return refuse(proposed, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    return proposed.transferSyntaxes().stream()
        .filter(served ? FOR_SERVICES::contains : this::acceptsTransferSyntax)
        .findFirst()
        .map(chosen -> new ContextResult(proposed.id(), Result.ACCEPTANCE, chosen))
        .orElseGet(() -> refuse(proposed, Result.TRANSFER_SYNTAXES_NOT_SUPPORTED));
  }

  private static ContextResult refuse(ProposedContext proposed, Result result) {
    // Not significant, but peers expect the sub-item (PS3.8 9.3.3.2).
    return new ContextResult(proposed.id(), result, proposed.transferSyntaxes().getFirst());
  }

  private boolean acceptsAbstractSyntax(String uid) {
    Optional<RegisteredUid> registered = UidDictionary.find(uid);
    return registered.isPresent()
        ? uid.equals(Uid.Verification) || isPatientStorage(registered.get())
        : policy.nonStandardSopClasses();
  }

  private static boolean isPatientStorage(RegisteredUid uid) {
    String keyword = uid.keyword();
    return uid.type().equals("SOP Class")
        && keyword.contains("Storage")
        && !keyword.startsWith("StorageCommitment")
        && !keyword.startsWith("StorageManagement")
        && !keyword.startsWith("MediaStorage")
        && !NON_PATIENT_STORAGE.contains(keyword);
  }

  private boolean acceptsTransferSyntax(String uid) {
    return UidDictionary.find(uid)
        .map(
            registered ->
                registered.type().equals("Transfer Syntax")
                    && !NOT_FOR_STORAGE.contains(registered.keyword()))
        .orElse(policy.nonStandardTransferSyntaxes());
  }
}

package io.overread.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.Bytes;
import io.overread.dicom.net.pdu.ContextResult;
import io.overread.dicom.net.pdu.ContextResult.Result;
import io.overread.dicom.net.pdu.ExtendedNegotiation;
import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.OperationsWindow;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
import io.overread.dicom.net.pdu.UserIdentity;
import io.overread.dicom.net.pdu.UserIdentityAnswer;
import io.overread.dicom.net.pdu.UserInformation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextNegotiationTest {
  private static final String PRIVATE = "1.3.46.670589.11.0.0.12.1";
  private static final String GE_PRIVATE = "1.2.840.113619.5.2";

  private final ContextNegotiation standard =
      new ContextNegotiation(ContextPolicy.STANDARD, new ServiceRegistry(List.of()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        Uid.Verification,
        Uid.CTImageStorage,
        Uid.DigitalXRayImageStorageForPresentation,
        Uid.EncapsulatedPDFStorage,
        Uid.Comprehensive3DSRStorage,
        Uid.RTBeamsDeliveryInstructionStorage,
        "1.2.840.10008.5.1.4.1.1.3", // Ultrasound Multi-frame, retired
        "1.2.840.10008.5.1.4.1.1.12.3", // X-Ray Angiographic Bi-Plane, retired
        "1.2.840.10008.5.1.4.1.1.88.1", // Text SR, trial
      })
  void verification_and_the_storage_of_what_belongs_to_patients_are_accepted(String uid) {
    assertThat(answer(standard, uid, Uid.ExplicitVRLittleEndian).result())
        .isEqualTo(Result.ACCEPTANCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Uid.StorageCommitmentPushModel,
        Uid.StudyRootQueryRetrieveInformationModelFind,
        Uid.MediaStorageDirectoryStorage,
        Uid.HangingProtocolStorage,
        Uid.ColorPaletteStorage,
        Uid.ImplicitVRLittleEndian,
        PRIVATE,
      })
  void other_abstract_syntaxes_are_not_supported(String uid) {
    assertThat(answer(standard, uid, Uid.ExplicitVRLittleEndian).result())
        .isEqualTo(Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({
    // The first that is offered, whatever it is: nothing is transcoded.
    "1.2.840.10008.1.2.4.70 1.2.840.10008.1.2.1, 1.2.840.10008.1.2.4.70",
    "1.2.840.10008.1.2.1 1.2.840.10008.1.2.4.70, 1.2.840.10008.1.2.1",
    "1.2.840.10008.1.2.2, 1.2.840.10008.1.2.2",
    "1.2.840.10008.1.2.1.99 1.2.840.10008.1.2, 1.2.840.10008.1.2.1.99",
    "1.2.840.10008.1.2.4.203, 1.2.840.10008.1.2.4.203",
    "1.2.840.10008.1.2.4.111, 1.2.840.10008.1.2.4.111",
    "1.2.840.10008.1.2.8.1, 1.2.840.10008.1.2.8.1",
    // JPIP leaves the pixels elsewhere, XML is no data set.
    "1.2.840.10008.1.2.4.94 1.2.840.10008.1.2, 1.2.840.10008.1.2",
    "1.2.840.10008.1.2.6.2 1.2.840.10008.1.2.4.50, 1.2.840.10008.1.2.4.50",
    "1.2.840.113619.5.2 1.2.840.10008.1.2, 1.2.840.10008.1.2",
  })
  void the_first_transfer_syntax_that_can_arrive_by_c_store_is_chosen(
      String offers, String chosen) {
    ContextResult result = answer(standard, Uid.CTImageStorage, offers.split(" "));
    assertThat(result).isEqualTo(new ContextResult(1, Result.ACCEPTANCE, chosen));
  }

  @Test
  void without_a_common_transfer_syntax_the_context_is_refused() {
    assertThat(answer(standard, Uid.CTImageStorage, GE_PRIVATE, Uid.JPIPReferenced).result())
        .isEqualTo(Result.TRANSFER_SYNTAXES_NOT_SUPPORTED);
  }

  @Test
  void settings_open_the_door_to_what_the_standard_does_not_name() {
    ContextNegotiation open =
        new ContextNegotiation(new ContextPolicy(true, true), new ServiceRegistry(List.of()));
    assertThat(answer(open, PRIVATE, GE_PRIVATE).result()).isEqualTo(Result.ACCEPTANCE);
    // Still not what is named and is something else than storage.
    assertThat(answer(open, Uid.StorageCommitmentPushModel, Uid.ImplicitVRLittleEndian).result())
        .isEqualTo(Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  @Test
  void the_negotiations_of_the_requestor_are_answered_within_what_we_do() {
    UserIdentity identity =
        new UserIdentity(UserIdentity.Type.USERNAME, true, Bytes.utf8("mary"), Bytes.EMPTY);
    UserInformation asked =
        new UserInformation(
            0,
            new Implementation("1.2", null),
            new OperationsWindow(0, 8),
            List.of(
                new RoleSelection(Uid.CTImageStorage, true, true),
                new RoleSelection(Uid.CTImageStorage, true, true),
                new RoleSelection(Uid.StorageCommitmentPushModel, true, true)),
            List.of(new ExtendedNegotiation(Uid.CTImageStorage, Bytes.of((byte) 2))),
            identity);
    AssociateRq request =
        new AssociateRq(
            1,
            "A",
            "B",
            AssociateRq.DICOM_APPLICATION_CONTEXT,
            List.of(
                new ProposedContext(1, Uid.CTImageStorage, List.of(Uid.ImplicitVRLittleEndian)),
                new ProposedContext(
                    3, Uid.StorageCommitmentPushModel, List.of(Uid.ImplicitVRLittleEndian))),
            asked);

    AssociateAc acceptance = AssociationAnswer.to(request, standard, 65_536, true).acceptance();

    UserInformation answer = acceptance.userInformation();
    assertThat(answer.maximumLength()).isEqualTo(65_536);
    assertThat(answer.implementation()).isEqualTo(Implementation.OVERREAD);
    assertThat(answer.operationsWindow()).isEqualTo(OperationsWindow.SYNCHRONOUS);
    assertThat(answer.roles()).containsExactly(new RoleSelection(Uid.CTImageStorage, true, false));
    assertThat(answer.extendedNegotiations()).isEmpty();
    assertThat(answer.identity()).isEqualTo(new UserIdentityAnswer(Bytes.EMPTY));
    assertThat(acceptance.contexts()).extracting(ContextResult::id).containsExactly(1, 3);
    assertThat(
            AssociationAnswer.to(request, standard, 65_536, false)
                .acceptance()
                .userInformation()
                .identity())
        .isNull();
  }

  private static ContextResult answer(
      ContextNegotiation negotiation, String abstractSyntax, String... transferSyntaxes) {
    return negotiation.answer(new ProposedContext(1, abstractSyntax, List.of(transferSyntaxes)));
  }
}

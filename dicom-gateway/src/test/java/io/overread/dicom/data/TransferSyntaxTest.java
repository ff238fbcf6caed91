package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.dictionary.UidDictionary;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransferSyntaxTest {

  /** Uncompressed, deflated as a whole, or with pixel data elsewhere. */
  private static final Set<String> WITHOUT_FRAGMENTS =
      Set.of(
          Uid.ImplicitVRLittleEndian,
          Uid.ExplicitVRLittleEndian,
          Uid.ExplicitVRBigEndian,
          Uid.DeflatedExplicitVRLittleEndian,
          Uid.JPIPReferenced,
          Uid.JPIPReferencedDeflate,
          Uid.JPIPHTJ2KReferenced,
          Uid.JPIPHTJ2KReferencedDeflate,
          Uid.Papyrus3ImplicitVRLittleEndian);

  @Test
  void every_registered_transfer_syntax_is_known_and_its_fragments_are_foreseen() {
    Set<String> registered = UidDictionary.ofType("Transfer Syntax");

    assertThat(registered).hasSizeGreaterThan(50);
    for (String uid : registered) {
      TransferSyntax syntax = TransferSyntax.of(uid);
      assertThat(syntax.isKnown()).isTrue();
      assertThat(syntax.encapsulated())
          .as(syntax.name())
          .isEqualTo(!WITHOUT_FRAGMENTS.contains(uid));
    }
  }

  @Test
  void an_unknown_transfer_syntax_is_taken_as_encapsulated() {
    TransferSyntax unknown = TransferSyntax.of("1.2.3.4");

    assertThat(unknown.isKnown()).isFalse();
    assertThat(unknown.explicitVr()).isTrue();
    assertThat(unknown.encapsulated()).isTrue();
    assertThat(unknown.name()).isEqualTo("1.2.3.4");
  }

  @Test
  void a_uid_of_another_kind_is_no_transfer_syntax() {
    assertThat(TransferSyntax.of(Uid.CTImageStorage).isKnown()).isFalse();
  }

  @Test
  void constants_are_what_their_uids_give() {
    assertThat(TransferSyntax.of(Uid.ImplicitVRLittleEndian))
        .isEqualTo(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
    assertThat(TransferSyntax.of(Uid.ExplicitVRBigEndian))
        .isEqualTo(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);
    assertThat(TransferSyntax.of(Uid.DeflatedExplicitVRLittleEndian))
        .isEqualTo(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
  }
}

package io.overread.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Implementation;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.UidDictionary;
import io.overread.dicom.net.tls.Bcp195Profile;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.StoredBits;
import io.overread.dicom.pixel.Undecodable;
import io.overread.gateway.association.AssociationProperties;
import io.overread.gateway.result.ResultKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What CONFORMANCE.md says is what the code does, where one could change without the other. */
class ConformanceStatementTest {

  @Test
  void the_policies_of_associations_are_those_of_the_code() throws IOException {
    Binder binder = new Binder(new MapConfigurationPropertySource(Map.of()));
    GatewayProperties gateway = binder.bindOrCreate("overread", GatewayProperties.class);
    AssociationProperties associations =
        binder.bindOrCreate("overread.associations", AssociationProperties.class);

    assertThat(policy("AE title")).contains("`" + gateway.aeTitle() + "`");
    assertThat(policy("Implementation Class UID")).isEqualTo(Implementation.CLASS_UID);
    assertThat(policy("Implementation Version Name")).isEqualTo(Implementation.VERSION_NAME);
    assertThat(policy("Maximum PDU received")).startsWith(associations.pdu().receive() + " ");
    assertThat(policy("Maximum PDU sent")).startsWith(associations.pdu().send() + " ");
    assertThat(policy("Associations accepted at once"))
        .startsWith(gateway.storage().maxAssociations() + " in all")
        .contains("; " + associations.perPeer() + " of one peer")
        .contains(associations.queue() + " wait up to");
    assertThat(ConformanceStatement.section("6. Network interfaces and configuration"))
        .contains("| DICOM port | " + gateway.dicomPort() + " |")
        .contains("| DICOM port over TLS | " + Bcp195Profile.PORT + ",");
  }

  @Test
  void the_transfer_syntaxes_named_as_decoded_are_those_that_are() throws IOException {
    Set<String> stated =
        ConformanceStatement.rows("4.2.2 Storage SCP").stream()
            .map(List::getLast)
            .filter(cell -> cell.startsWith("1.2.840.10008.1.2"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> decoded = new TreeSet<>();
    for (String uid : UidDictionary.ofType("Transfer Syntax")) {
      if (TransferSyntax.of(uid).encapsulated() && isDecoded(uid)) {
        decoded.add(uid);
      }
    }
    assertThat(stated).isEqualTo(decoded);
  }

  @Test
  void every_sop_class_of_the_overview_has_its_uid_and_every_object_that_is_made_is_there()
      throws IOException {
    Map<String, String> stated =
        ConformanceStatement.rows("Network services").stream()
            .filter(row -> row.size() == 4 && row.get(1).startsWith("1.2.840"))
            .collect(Collectors.toMap(row -> row.get(1), List::getFirst));
    stated.forEach(
        (uid, name) ->
            assertThat(UidDictionary.name(uid))
                .satisfiesAnyOf(
                    known -> assertThat(known).isEqualTo(name),
                    known -> assertThat(known).isEqualTo(name + " SOP Class")));
    for (ResultKind kind : ResultKind.values()) {
      assertThat(stated).containsKey(kind.sopClassUid());
    }
  }

  private static String policy(String name) throws IOException {
    return ConformanceStatement.rows("4.1 Association policies").stream()
        .filter(row -> row.getFirst().equals(name))
        .map(List::getLast)
        .findFirst()
        .orElseThrow();
  }

  /**
   * A frame of nothing is malformed in a transfer syntax that is decoded, unsupported in others.
   */
  private static boolean isDecoded(String uid) throws IOException {
    DataSet image = GeneratedImage.of("MONOCHROME2", 1, 1, new StoredBits(8, 8, 7, false));
    GeneratedImage.putFragments(image, new byte[0], List.of(new byte[] {0, 0}));
    assertThat(image.find(Tag.PixelData).orElseThrow().vr()).isEqualTo(Vr.OB);
    return new FrameDecoder(PixelLimits.STANDARD).decode(TransferSyntax.of(uid), image, 1)
            instanceof Undecodable(var cause, String reason)
        && !(cause == Undecodable.Cause.UNSUPPORTED && reason.startsWith("transfer syntax"));
  }
}

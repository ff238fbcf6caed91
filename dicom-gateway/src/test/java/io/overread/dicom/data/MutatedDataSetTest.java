package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Uid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged bytes of every kind end as a data set or as a DicomFormatException, and nothing else. */
class MutatedDataSetTest {

  private static final int MUTATIONS = 500;
  private static final ReadLimits LIMITS = new ReadLimits(16, 20_000, 4096, 1 << 20, 1 << 22);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        Uid.ImplicitVRLittleEndian,
        Uid.ExplicitVRLittleEndian,
        Uid.ExplicitVRBigEndian,
        Uid.DeflatedExplicitVRLittleEndian,
        Uid.JPEG2000Lossless
      })
  void of_a_stream(String transferSyntaxUid) throws IOException {
    TransferSyntax syntax = TransferSyntax.of(transferSyntaxUid);
    Random random = new Random(transferSyntaxUid.hashCode());
    List<byte[]> originals = GeneratedEncodings.of(syntax);
    int rejected = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = Mutations.ofDataSet(originals.get(i % GeneratedEncodings.COUNT), random);
      try {
        DataSet read = new DataSetReader(LIMITS).read(new ByteArrayInputStream(mutated), syntax);
        ReadThrough.useAll(read);
      } catch (DicomFormatException expected) {
        rejected++;
      }
    }
    // Neither all nor none: the mutations reach beyond the first element, and they do harm.
    assertThat(rejected).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
  }

  @Test
  void of_a_file() throws IOException {
    Random random = new Random(42);
    Path file = folder.resolve("mutated.dcm");
    int rejected = 0;
    List<byte[]> explicit = GeneratedEncodings.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    List<byte[]> deflated =
        GeneratedEncodings.of(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
    for (int i = 0; i < MUTATIONS / 2; i++) {
      String uid = i % 2 == 0 ? Uid.ExplicitVRLittleEndian : Uid.DeflatedExplicitVRLittleEndian;
      byte[] dataSet = (i % 2 == 0 ? explicit : deflated).get(i / 2 % GeneratedEncodings.COUNT);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      FileMeta.of(Uid.CTImageStorage, "1.2.3", uid).write(whole);
      whole.writeBytes(dataSet);
      Files.write(file, Mutations.ofDataSet(whole.toByteArray(), random));
      try {
        ReadThrough.useAll(DicomFile.open(file, LIMITS).dataSet());
        DicomFile.openHeader(file);
      } catch (DicomFormatException expected) {
        rejected++;
      }
    }
    assertThat(rejected).isBetween(MUTATIONS / 40, MUTATIONS / 2 - MUTATIONS / 40);
  }

  @Test
  void bytes_at_random() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      for (TransferSyntax syntax :
          new TransferSyntax[] {
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.EXPLICIT_VR_BIG_ENDIAN
          }) {
        try {
          ReadThrough.useAll(
              new DataSetReader(LIMITS).read(new ByteArrayInputStream(bytes), syntax));
        } catch (DicomFormatException expected) {
          assertThat(expected.offset()).isBetween(0L, (long) bytes.length);
        }
      }
    }
  }
}

package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged bytes of every kind end as a data set or as a DicomFormatException, and nothing else. */
class MutatedDataSetTest {

  private static final int ORIGINALS = 10;
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
    List<byte[]> originals = originals(syntax);
    int rejected = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutate(originals.get(i % ORIGINALS), random);
      try {
        DataSet read = new DataSetReader(LIMITS).read(new ByteArrayInputStream(mutated), syntax);
        useAll(read);
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
    List<byte[]> explicit = originals(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    List<byte[]> deflated = originals(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
    for (int i = 0; i < MUTATIONS / 2; i++) {
      String uid = i % 2 == 0 ? Uid.ExplicitVRLittleEndian : Uid.DeflatedExplicitVRLittleEndian;
      byte[] dataSet = (i % 2 == 0 ? explicit : deflated).get(i / 2 % ORIGINALS);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      FileMeta.of(Uid.CTImageStorage, "1.2.3", uid).write(whole);
      whole.writeBytes(dataSet);
      Files.write(file, mutate(whole.toByteArray(), random));
      try {
        useAll(DicomFile.open(file, LIMITS).dataSet());
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
          useAll(new DataSetReader(LIMITS).read(new ByteArrayInputStream(bytes), syntax));
        } catch (DicomFormatException expected) {
          assertThat(expected.offset()).isBetween(0L, (long) bytes.length);
        }
      }
    }
  }

  private static List<byte[]> originals(TransferSyntax syntax) throws IOException {
    List<byte[]> originals = new ArrayList<>();
    for (int seed = 0; seed < ORIGINALS; seed++) {
      GeneratedDataSet generated = new GeneratedDataSet(seed);
      DataSet dataSet =
          syntax.encapsulated() ? generated.withFragments() : generated.withNativePixels();
      originals.add(DataSetRoundTripTest.write(dataSet, syntax, LengthEncoding.AS_READ));
    }
    return originals;
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] mutated = original.clone();
    int kind = random.nextInt(6);
    int at = random.nextInt(mutated.length - 8);
    switch (kind) {
      case 0 -> mutated[at] = (byte) random.nextInt();
      case 1 -> mutated = Arrays.copyOf(mutated, at);
      case 2 -> put(mutated, at, random.nextBoolean() ? -1 : random.nextInt());
      case 3 -> put(mutated, at, random.nextInt(1 << 16));
      case 4 -> {
        int[] delimiters = {
          Tag.Item, Tag.ItemDelimitationItem, Tag.SequenceDelimitationItem, Tag.SpecificCharacterSet
        };
        int tag = delimiters[random.nextInt(delimiters.length)];
        put(mutated, at, tag << 16 | tag >>> 16);
      }
      default -> {
        int from = random.nextInt(mutated.length);
        int count = Math.min(random.nextInt(64), mutated.length - Math.max(from, at));
        System.arraycopy(original, from, mutated, at, count);
      }
    }
    return mutated;
  }

  private static void put(byte[] bytes, int at, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }

  /** Everything that a caller may ask of what was read. */
  private static void useAll(DataSet dataSet) throws IOException {
    for (Element element : dataSet) {
      int tag = element.tag();
      dataSet.strings(tag);
      dataSet.integers(tag);
      dataSet.integer(tag);
      dataSet.decimals(tag);
      assertThat(dataSet.personName(tag).toString()).isNotEmpty();
      assertThat(element.toString()).isNotEmpty();
      if (element.value() instanceof Region region) {
        region.read(0, (int) Math.min(100, region.length()));
      }
      for (DataSet item : dataSet.items(tag)) {
        useAll(item);
      }
    }
    if (dataSet.elements().stream().noneMatch(e -> e.value() instanceof PassedOver)) {
      dataSet.copy();
    }
    try {
      new DataSetWriter(LengthEncoding.AS_READ)
          .write(
              dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, OutputStream.nullOutputStream());
    } catch (IOException passedOver) {
      assertThat(passedOver).hasMessageContaining("passed over");
    }
  }
}

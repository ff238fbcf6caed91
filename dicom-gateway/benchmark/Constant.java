import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetWriter;
import io.overread.dicom.data.LengthEncoding;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.DimseStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What must not grow: memory with the object, time with the study. */
final class Constant {

  private static final String STUDY = "1.2.826.0.1.3680043.9.9999.7";
  private static final int BLOCK = 1000;

  private Constant() {}

  /** Memory above rest while one multi-frame object of that many bytes is received. */
  static void memory(Receiver receiver, long bytes) throws Exception {
    receive(receiver, "1", 1 << 20);
    Thread.sleep(10_000);
    long rest = receiver.memory();
    AtomicLong peak = new AtomicLong(rest);
    Thread watch = Thread.ofPlatform().daemon().start(() -> Benchmark.watch(receiver, peak));
    long start = System.nanoTime();
    receive(receiver, "2", bytes);
    double seconds = (System.nanoTime() - start) / 1e9;
    watch.interrupt();
    System.out.println(
        String.format(
            Locale.ROOT,
            "One object of %d MB in %.0f s: %d MB at rest, %d MB at most, %d MB above rest",
            bytes >> 20,
            seconds,
            rest >> 20,
            peak.get() >> 20,
            (peak.get() - rest) >> 20));
  }

  private static void receive(Receiver receiver, String number, long bytes) throws IOException {
    String uid = STUDY + ".8." + number;
    try (Association association = Sending.associate(receiver, Uid.CTImageStorage);
        InputStream in =
            new SequenceInputStream(
                new ByteArrayInputStream(header(uid, 1, (int) (bytes >> 19))),
                new SequenceInputStream(pixelDataHeader(bytes), new Zeros(bytes)))) {
      store(association, uid, in);
    }
  }

  /** Milliseconds each of the first and of the last thousand of so many small instances. */
  static void instances(Receiver receiver, int count) throws IOException {
    byte[] pixels = new byte[512];
    try (Association association = Sending.associate(receiver, Uid.CTImageStorage)) {
      for (int block = 0; block < count / BLOCK; block++) {
        long start = System.nanoTime();
        for (int i = 0; i < BLOCK; i++) {
          String uid = STUDY + ".9." + (block * BLOCK + i);
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          bytes.writeBytes(header(uid, block * BLOCK + i, 1));
          bytes.writeBytes(pixelDataHeader(pixels.length).readAllBytes());
          bytes.writeBytes(pixels);
          store(association, uid, new ByteArrayInputStream(bytes.toByteArray()));
        }
        System.out.println(
            String.format(
                Locale.ROOT,
                "instances %d to %d of one study: %.2f ms each",
                block * BLOCK + 1,
                (block + 1) * BLOCK,
                (System.nanoTime() - start) / 1e6 / BLOCK));
      }
    }
  }

  private static void store(Association association, String uid, InputStream in)
      throws IOException {
    DimseStatus status =
        association.store(Uid.CTImageStorage, uid, Uid.ExplicitVRLittleEndian, in).status();
    if (!status.equals(DimseStatus.SUCCESS)) {
      throw new IOException("answered " + status);
    }
  }

  private static byte[] header(String uid, int number, int frames) throws IOException {
    DataSet dataSet = new DataSet();
    dataSet.putString(Tag.SOPClassUID, Uid.CTImageStorage);
    dataSet.putString(Tag.SOPInstanceUID, uid);
    dataSet.putString(Tag.Modality, "CT");
    dataSet.putString(Tag.PatientID, "BENCHMARK");
    dataSet.putString(Tag.StudyInstanceUID, STUDY);
    dataSet.putString(Tag.SeriesInstanceUID, uid.substring(0, uid.lastIndexOf('.')));
    dataSet.putInteger(Tag.InstanceNumber, number);
    dataSet.putInteger(Tag.NumberOfFrames, frames);
    dataSet.putInteger(Tag.Rows, 512);
    dataSet.putInteger(Tag.Columns, 512);
    dataSet.putInteger(Tag.BitsAllocated, 16);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataSetWriter(LengthEncoding.EXPLICIT)
        .write(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, bytes);
    return bytes.toByteArray();
  }

  private static InputStream pixelDataHeader(long bytes) {
    byte[] header =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) 0x7FE0)
            .putShort((short) 0x0010)
            .put((byte) 'O')
            .put((byte) 'W')
            .putShort((short) 0)
            .putInt((int) bytes)
            .array();
    return new ByteArrayInputStream(header);
  }

  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long length) {
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      java.util.Arrays.fill(bytes, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.pdu.ProposedContext;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How images get to a receiver. */
final class Sending {

  private static final String EXPLICIT = "1.2.840.10008.1.2.1";

  private Sending() {}

  /** Sends with so many storescu at once; returns seconds. */
  static double storescu(Receiver receiver, Images images, int associations, boolean noDelay)
      throws Exception {
    List<Process> senders = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < Math.min(associations, images.files().size()); i++) {
      List<String> command = new ArrayList<>();
      command.addAll(
          List.of("/usr/bin/storescu", "-q", "-aet", "BENCHMARK", "-aec", receiver.aeTitle()));
      command.addAll(List.of("127.0.0.1", Integer.toString(receiver.port())));
      for (int file = i; file < images.files().size(); file += associations) {
        command.add(images.files().get(file).toString());
      }
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      if (noDelay) {
        builder.environment().put("TCP_NODELAY", "1");
      }
      senders.add(builder.start());
    }
    for (Process sender : senders) {
      if (sender.waitFor() != 0) {
        throw new IOException("storescu to " + receiver.name() + " failed");
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Sends over one association of our own; returns the milliseconds of each C-STORE, sorted. */
  static double[] own(Receiver receiver, Images images, int sending) throws IOException {
    double[] millis = new double[images.files().size()];
    try (Association association = associate(receiver, images.sopClass())) {
      for (int i = 0; i < millis.length; i++) {
        Path file = images.files().get(i);
        long offset = DicomFile.openHeader(file).dataSetOffset();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 17)) {
          in.skipNBytes(offset);
          long start = System.nanoTime();
          DimseStatus status =
              association
                  .store(images.sopClass(), images.sopInstanceUid(sending, i), EXPLICIT, in)
                  .status();
          millis[i] = (System.nanoTime() - start) / 1e6;
          if (!status.equals(DimseStatus.SUCCESS)) {
            throw new IOException(receiver.name() + " answered " + status);
          }
        }
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  static Association associate(Receiver receiver, String sopClass) throws IOException {
    return Association.connect(
        new AssociationRequest(
            new RemoteApplicationEntity(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.port()),
                receiver.aeTitle()),
            "BENCHMARK",
            List.of(new ProposedContext(1, sopClass, List.of(EXPLICIT))),
            null,
            RequestorSettings.DEFAULT));
  }
}

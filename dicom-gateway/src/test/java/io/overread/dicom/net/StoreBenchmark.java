package io.overread.dicom.net;

import static io.overread.dicom.net.RawPeer.CT;
import static io.overread.dicom.net.RawPeer.EXPLICIT;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetWriter;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.LengthEncoding;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.pdu.ProposedContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Instances a second of our SCP and of DCMTK's storescp in the same run: the same sender, one
 * association, each receiver writing one file an instance without forcing it to the disk, rounds in
 * turn. Arguments: instances a round, bytes of pixel data, rounds.
 */
final class StoreBenchmark {
  private StoreBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int instances = Integer.parseInt(arguments[0]);
    int pixelBytes = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    Path folder = Files.createTempDirectory("store-benchmark");
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Path ours = Files.createDirectory(folder.resolve("ours"));
    int port = Dcmtk.freePort();
    Process storescp =
        Dcmtk.storescp(port, theirs, "-q", "+B", "-pdu", "131072", "--disable-host-lookup");
    AcceptorSettings settings =
        AcceptorSettings.on(
            Acceptors.settings(4, Acceptors.TIMEOUTS).endpoints().getFirst().address());
    List<Double> ourRates = new ArrayList<>();
    List<Double> theirRates = new ArrayList<>();
    try (AssociationAcceptor acceptor =
        Acceptors.open(
            settings, (request, dataSet) -> write(ours, request, dataSet), new Events())) {
      for (int round = 0; round <= rounds; round++) {
        double our = rate(acceptor.port(), instances, pixelBytes);
        double their = rate(port, instances, pixelBytes);
        empty(ours);
        empty(theirs);
        if (round > 0) { // The first warms up.
          ourRates.add(our);
          theirRates.add(their);
        }
      }
    } finally {
      storescp.destroy();
    }
    print("Overread", ourRates, pixelBytes);
    print("storescp", theirRates, pixelBytes);
  }

  private static void print(String name, List<Double> rates, int pixelBytes) {
    List<Double> sorted = rates.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    System.out.printf(
        "%s: median %.0f instances/s (%.0f MB/s), %.0f to %.0f%n",
        name, median, median * pixelBytes / 1e6, sorted.getFirst(), sorted.getLast());
  }

  private static double rate(int port, int instances, int pixelBytes) throws IOException {
    ProposedContext context = new ProposedContext(1, CT, List.of(EXPLICIT));
    try (Association association = Association.connect(Acceptors.request(port, context))) {
      long start = System.nanoTime();
      for (int i = 1; i <= instances; i++) {
        String uid = "1.2.3." + i;
        StoreResponse response =
            association.store(
                CT, uid, EXPLICIT, new ByteArrayInputStream(dataSet(uid, pixelBytes)));
        if (!response.status().equals(DimseStatus.SUCCESS)) {
          throw new IOException("refused: " + response);
        }
      }
      return instances / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static byte[] dataSet(String uid, int pixelBytes) throws IOException {
    DataSet dataSet = new DataSet();
    dataSet.putString(Tag.SOPClassUID, CT);
    dataSet.putString(Tag.SOPInstanceUID, uid);
    dataSet.putBytes(Tag.PixelData, Vr.OW, new byte[pixelBytes]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(pixelBytes + 256);
    new DataSetWriter(LengthEncoding.EXPLICIT)
        .write(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, bytes);
    return bytes.toByteArray();
  }

  private static StoreResponse write(Path folder, StoreRequest request, java.io.InputStream dataSet)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(request.sopInstanceUid()))) {
      ByteArrayOutputStream meta = new ByteArrayOutputStream();
      FileMeta.of(request.sopClassUid(), request.sopInstanceUid(), request.transferSyntaxUid())
          .write(meta);
      meta.writeTo(out);
      dataSet.transferTo(out);
    }
    return StoreResponse.SUCCESS;
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}

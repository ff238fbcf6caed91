package io.overread.gateway.fuzz;

import io.overread.dicom.data.DataSetReader;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.GeneratedEncodings;
import io.overread.dicom.data.Mutations;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.data.ReadThrough;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Conversation;
import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.dimse.InvalidCommandException;
import io.overread.dicom.net.pdu.InvalidPduException;
import io.overread.dicom.net.pdu.Pdu;
import io.overread.dicom.net.pdu.PduReader;
import io.overread.dicom.net.pdu.PduWriter;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Data sets, files, PDUs and command sets, as peers send them. */
final class DataSurfaces {
  private static final ReadLimits LIMITS = new ReadLimits(16, 20_000, 4096, 1 << 20, 1 << 22);
  private static final int MAXIMUM_LENGTH = 16_384;
  private static final List<String> TRANSFER_SYNTAXES =
      List.of(
          Uid.ImplicitVRLittleEndian,
          Uid.ExplicitVRLittleEndian,
          Uid.ExplicitVRBigEndian,
          Uid.DeflatedExplicitVRLittleEndian,
          Uid.JPEG2000Lossless);

  private DataSurfaces() {}

  static List<Surface> all() throws IOException {
    List<Surface> surfaces = new ArrayList<>();
    for (String uid : TRANSFER_SYNTAXES) {
      TransferSyntax syntax = TransferSyntax.of(uid);
      surfaces.add(
          new Surface(
              "data sets in " + uid,
              30,
              GeneratedEncodings.of(syntax),
              Mutations::ofDataSet,
              input -> dataSet(input, syntax)));
    }
    surfaces.add(
        new Surface(
            "PDUs",
            100,
            List.of(Conversation.sound()),
            (sound, random) -> Mutations.ofStream(sound, random.nextInt(sound.length - 8), random),
            DataSurfaces::pdus));
    byte[] store = CommandSet.storeRequest(7, Uid.CTImageStorage, "1.2.3.4").encode();
    byte[] echo = CommandSet.echoRequest(1, Uid.Verification).encode();
    surfaces.add(
        new Surface(
            "command sets", 50, List.of(store, echo), Surface.after(0), DataSurfaces::command));
    return surfaces;
  }

  /** Whole files, read with everything in them. */
  static Surface files(String name, int share, List<byte[]> sound, Path folder) {
    Path file = folder.resolve("read.dcm");
    return new Surface(
        name, share, sound, CorpusDamage.INSTANCE, input -> file(Files.write(file, input)));
  }

  private static boolean file(Path file) throws IOException {
    try {
      ReadThrough.useAll(DicomFile.open(file, LIMITS).dataSet());
      DicomFile.openHeader(file);
      return true;
    } catch (DicomFormatException refused) {
      return false;
    }
  }

  private static boolean dataSet(byte[] input, TransferSyntax syntax) throws IOException {
    try {
      ReadThrough.useAll(new DataSetReader(LIMITS).read(new ByteArrayInputStream(input), syntax));
      return true;
    } catch (DicomFormatException refused) {
      return false;
    }
  }

  /** What was read can be written. */
  private static boolean pdus(byte[] input) throws IOException {
    PduReader reader = new PduReader(new ByteArrayInputStream(input), MAXIMUM_LENGTH);
    PduWriter writer = new PduWriter(OutputStream.nullOutputStream());
    try {
      for (Pdu pdu = reader.read(); pdu != null; pdu = reader.read()) {
        writer.write(pdu);
      }
      return true;
    } catch (InvalidPduException | EOFException refused) {
      return false;
    }
  }

  private static boolean command(byte[] input) {
    try {
      CommandSet.decode(input, input.length).respond(0, "comment", List.of());
      return true;
    } catch (InvalidCommandException refused) {
      return false;
    }
  }
}

package io.overread.gateway.dicomweb.store;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.Fragments;
import io.overread.dicom.data.Region;
import io.overread.dicom.data.Value;
import io.overread.dicom.dictionary.Uid;
import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.MediaRange;
import io.overread.gateway.dicomweb.ResourceType;
import io.overread.gateway.dicomweb.multipart.Part;
import io.overread.gateway.instance.StoreSpace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bulk data that comes beside metadata (PS3.18 10.5.2), kept on disk until the request is over. */
final class BulkDataParts implements AutoCloseable {

  private record Kept(Path file, MediaRange type) {}

  private final StoreSpace space;
  private final Map<String, Kept> byLocation = new HashMap<>();
  private final List<Path> files = new ArrayList<>();

  BulkDataParts(StoreSpace space) {
    this.space = space;
  }

  /** An empty file that is gone when this is closed. */
  Path temporary() {
    Path file =
        space
            .temporary()
            .orElseThrow(() -> DicomwebProblem.unavailable("There is no room for bulk data."));
    files.add(file);
    return file;
  }

  /** Keeps a part under its Content-Location. */
  void keep(Part part) throws IOException {
    String location =
        part.header("Content-Location")
            .orElseThrow(
                () ->
                    DicomwebProblem.badRequest("A part of bulk data lacks its Content-Location."));
    MediaRange type =
        MediaRange.parse(part.header("Content-Type").orElse(ResourceType.OCTET_STREAM));
    Path file = temporary();
    try (OutputStream out = Files.newOutputStream(file)) {
      part.body().transferTo(out);
    }
    if (byLocation.put(location, new Kept(file, type)) != null) {
      throw DicomwebProblem.unsupportedMediaType(
          "Two parts have the same Content-Location: frames in parts of their own aren't taken;"
              + " send such instances as application/dicom.");
    }
  }

  /** The value of a BulkDataURI. */
  Optional<Value> value(String uri) {
    return Optional.ofNullable(byLocation.get(uri)).map(BulkDataParts::value);
  }

  /** The transfer syntax of a data set whose pixel data is at this URI. */
  String transferSyntax(String uri) {
    Kept kept = byLocation.get(uri);
    if (kept == null || kept.type().type().equals(ResourceType.OCTET_STREAM)) {
      return Uid.ExplicitVRLittleEndian;
    }
    String named = kept.type().transferSyntax();
    return named != null
        ? named
        : ResourceType.defaultTransferSyntax(kept.type().type())
            .orElseThrow(
                () ->
                    DicomwebProblem.unsupportedMediaType(
                        "Bulk data of type " + kept.type().type() + " isn't taken."));
  }

  private static Value value(Kept kept) {
    try {
      Region bytes =
          new Region(
              kept.file(),
              0,
              Files.size(kept.file()),
              ByteOrder.LITTLE_ENDIAN,
              Region.NOT_DEFLATED);
      return kept.type().type().equals(ResourceType.OCTET_STREAM)
          ? bytes
          : new Fragments(Bytes.empty(), List.of(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}

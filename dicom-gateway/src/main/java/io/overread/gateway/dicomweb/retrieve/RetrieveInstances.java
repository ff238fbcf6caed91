package io.overread.gateway.dicomweb.retrieve;

import io.overread.dicom.dictionary.Uid;
import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.MediaRange;
import io.overread.gateway.dicomweb.ResourceType;
import io.overread.gateway.dicomweb.WebRequest;
import io.overread.gateway.dicomweb.multipart.MultipartWriter;
import io.overread.gateway.instance.StoredInstance;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Instances as DICOM files (PS3.18 10.4.1.1.1): as they are stored unless explicit VR little endian
 * is asked for; in parts, in a ZIP archive, or a single one alone.
 */
public final class RetrieveInstances {

  private static final String ZIP = "application/zip";

  private enum Packaging {
    PARTS,
    ARCHIVE,
    ALONE
  }

  /**
   * What is acceptable.
   *
   * @param explicit in explicit VR little endian rather than as stored
   */
  private record Form(Packaging as, boolean explicit) {}

  private final Holdings holdings;
  private final ExplicitLittleEndian conversion;

  /** Of what is held. */
  public RetrieveInstances(Holdings holdings, ExplicitLittleEndian conversion) {
    this.holdings = holdings;
    this.conversion = conversion;
  }

  /** Answers file by file. */
  public void retrieve(WebRequest request, Target target, HttpServletResponse response)
      throws IOException {
    List<StoredInstance> held = holdings.of(target);
    List<StoredInstance> instances = held.stream().filter(StoredInstance::isHere).toList();
    Form form = form(request, instances);
    if (form.explicit()) {
      requireConvertible(instances);
    }
    holdings.given(request, target, "instances", instances.size());
    Holdings.answerPartly(response, held);
    switch (form.as()) {
      case ALONE -> {
        StoredInstance only = instances.getFirst();
        response.setContentType(contentType(only, form));
        write(only, form, response.getOutputStream());
      }
      case PARTS -> {
        MultipartWriter parts = new MultipartWriter(response.getOutputStream());
        response.setContentType(parts.contentType(ResourceType.DICOM));
        for (StoredInstance each : instances) {
          String location =
              request.url(each.studyInstanceUid(), each.seriesInstanceUid(), each.sopInstanceUid());
          write(each, form, parts.part(contentType(each, form), location));
        }
        parts.end();
      }
      case ARCHIVE -> archive(instances, form, response);
    }
  }

  private void archive(List<StoredInstance> instances, Form form, HttpServletResponse response)
      throws IOException {
    response.setContentType(ZIP);
    response.setHeader("Content-Disposition", "attachment; filename=\"dicom.zip\"");
    ZipOutputStream zip = new ZipOutputStream(response.getOutputStream());
    zip.setLevel(Deflater.BEST_SPEED);
    for (StoredInstance each : instances) {
      // A name in an archive is a path on somebody's disk: the UID is one, checked on its way in.
      zip.putNextEntry(new ZipEntry(each.sopInstanceUid() + ".dcm"));
      write(each, form, zip);
      zip.closeEntry();
    }
    zip.finish();
  }

  private void write(StoredInstance instance, Form form, OutputStream out) throws IOException {
    if (form.explicit() && !instance.transferSyntaxUid().equals(Uid.ExplicitVRLittleEndian)) {
      conversion.write(instance, out);
    } else {
      Files.copy(instance.path(), out);
    }
  }

  private static String contentType(StoredInstance instance, Form form) {
    return ResourceType.DICOM
        + "; transfer-syntax="
        + (form.explicit() ? Uid.ExplicitVRLittleEndian : instance.transferSyntaxUid());
  }

  /** One of each transfer syntax is tried before anything is said. */
  private void requireConvertible(List<StoredInstance> instances) throws IOException {
    Set<String> tried = new HashSet<>();
    tried.add(Uid.ExplicitVRLittleEndian);
    for (StoredInstance each : instances) {
      if (tried.add(each.transferSyntaxUid())) {
        conversion.require(each);
      }
    }
  }

  private static Form form(WebRequest request, List<StoredInstance> instances) {
    for (MediaRange range : request.accepted()) {
      boolean dicom = range.allows(ResourceType.DICOM);
      boolean archive = !range.isMultipart() && range.type().equals(ZIP);
      String wanted = range.transferSyntax();
      boolean asStored =
          wanted == null
              || instances.stream().allMatch(each -> each.transferSyntaxUid().equals(wanted));
      boolean explicit = !asStored && Uid.ExplicitVRLittleEndian.equals(wanted);
      if ((dicom || archive) && (asStored || explicit)) {
        if (archive) {
          return new Form(Packaging.ARCHIVE, explicit);
        }
        if (range.isMultipart() || range.type().equals("*/*")) {
          return new Form(Packaging.PARTS, explicit);
        }
        if (instances.size() == 1) {
          return new Form(Packaging.ALONE, explicit);
        }
      }
    }
    throw DicomwebProblem.notAcceptable(
        "Instances are multipart/related with type=\"application/dicom\", or application/zip; as"
            + " they are stored (transfer-syntax=*), or in "
            + Uid.ExplicitVRLittleEndian
            + ".");
  }
}

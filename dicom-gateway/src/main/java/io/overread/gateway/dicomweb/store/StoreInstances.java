package io.overread.gateway.dicomweb.store;

import io.overread.dicom.data.DataSet;
import io.overread.gateway.capacity.Capacity;
import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.DicomwebProperties;
import io.overread.gateway.dicomweb.MediaRange;
import io.overread.gateway.dicomweb.ResourceType;
import io.overread.gateway.dicomweb.WebRequest;
import io.overread.gateway.dicomweb.model.BulkDataLinks;
import io.overread.gateway.dicomweb.model.JsonModelWriter;
import io.overread.gateway.dicomweb.model.XmlModelWriter;
import io.overread.gateway.dicomweb.multipart.MultipartException;
import io.overread.gateway.dicomweb.multipart.MultipartLimits;
import io.overread.gateway.dicomweb.multipart.MultipartReader;
import io.overread.gateway.dicomweb.multipart.Part;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.StoreSpace;
import io.overread.gateway.instance.StoredInstances;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The Store transaction (PS3.18 10.5). Each instance goes to disk as it comes and is in the store,
 * durably, before the answer says so.
 */
public final class StoreInstances {

  private static final int HEADER_BYTES = 8 * 1024;
  private static final Duration ROWS_AT_MOST = Duration.ofSeconds(5);

  private final InstanceStore store;
  private final StoreSpace space;
  private final StoredInstances instances;
  private final Capacity capacity;
  private final MultipartLimits limits;

  /** A service over the store. */
  public StoreInstances(
      InstanceStore store,
      StoreSpace space,
      StoredInstances instances,
      Capacity capacity,
      DicomwebProperties properties) {
    this.store = store;
    this.space = space;
    this.instances = instances;
    this.capacity = capacity;
    this.limits =
        new MultipartLimits(
            properties.mostParts(), HEADER_BYTES, properties.largestInstance().toBytes());
  }

  /**
   * Stores what the request brings and answers.
   *
   * @param study the study that all instances must belong to, if the request names one
   */
  public void store(WebRequest request, @Nullable String study, HttpServletResponse response)
      throws IOException {
    boolean xml = answersInXml(request);
    if (capacity.intake().isPaused()) {
      throw DicomwebProblem.unavailable("The service takes no images at present.");
    }
    InstanceParts parts = new InstanceParts(store, instances, request, study);
    try {
      read(request, parts);
    } catch (MultipartException e) {
      String why = String.valueOf(e.getMessage());
      throw e.isTooLarge() ? DicomwebProblem.tooLarge(why) : DicomwebProblem.badRequest(why);
    }
    if (parts.result().isEmpty()) {
      throw DicomwebProblem.badRequest("The request brings no instance.");
    }
    store.awaitRows(ROWS_AT_MOST); // Whoever has the answer may ask for what it names.
    answer(parts.result(), request, xml, response);
  }

  private void read(WebRequest request, InstanceParts instances) throws IOException {
    String contentType = request.servlet().getContentType();
    if (contentType == null) {
      throw unsupported();
    }
    MediaRange type = MediaRange.parse(contentType);
    InputStream body = request.servlet().getInputStream();
    if (type.type().equals(ResourceType.DICOM)) {
      instances.file(new BoundedBody(body, limits.partBytes()));
      return;
    }
    if (!type.type().equals("multipart/related")) {
      throw unsupported();
    }
    String boundary =
        type.parameter("boundary")
            .orElseThrow(() -> DicomwebProblem.badRequest("The Content-Type lacks its boundary."));
    MultipartReader parts = new MultipartReader(body, boundary, limits);
    switch (type.parameter("type").orElse(ResourceType.DICOM)) {
      case ResourceType.DICOM -> files(parts, instances);
      case ResourceType.JSON -> new MetadataParts(space, instances).store(parts);
      default -> throw unsupported();
    }
  }

  private static void files(MultipartReader parts, InstanceParts instances) throws IOException {
    for (Part part = parts.next(); part != null; part = parts.next()) {
      String type = part.header("Content-Type").orElse(ResourceType.DICOM);
      if (!MediaRange.parse(type).type().equals(ResourceType.DICOM)) {
        throw DicomwebProblem.unsupportedMediaType("A part is not application/dicom.");
      }
      instances.file(part.body());
    }
  }

  private static DicomwebProblem unsupported() {
    return DicomwebProblem.unsupportedMediaType(
        "Send multipart/related with type=\"application/dicom\", or with"
            + " type=\"application/dicom+json\" and its bulk data; other types aren't taken.");
  }

  private static boolean answersInXml(WebRequest request) {
    for (MediaRange range : request.accepted()) {
      if (range.allows(ResourceType.JSON) || range.allows("application/json")) {
        return false;
      }
      if (range.allows(ResourceType.XML)) {
        return true;
      }
    }
    throw DicomwebProblem.notAcceptable(
        "The answer is application/dicom+json or application/dicom+xml.");
  }

  private static void answer(
      StoreResult result, WebRequest request, boolean xml, HttpServletResponse response)
      throws IOException {
    response.setStatus(result.status());
    if (result.whyUnavailable() != null) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      response.setHeader("Retry-After", DicomwebProblem.RETRY_AFTER);
    }
    DataSet answer = result.response(request);
    response.setContentType(xml ? ResourceType.XML : ResourceType.JSON);
    if (xml) {
      XmlModelWriter.write(answer, BulkDataLinks.NONE, response.getOutputStream());
    } else {
      JsonModelWriter.single(answer, response.getOutputStream());
    }
  }
}

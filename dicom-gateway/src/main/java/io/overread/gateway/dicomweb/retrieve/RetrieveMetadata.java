package io.overread.gateway.dicomweb.retrieve;

import io.overread.dicom.data.DicomFile;
import io.overread.gateway.dicomweb.ResourceType;
import io.overread.gateway.dicomweb.WebRequest;
import io.overread.gateway.dicomweb.model.BulkDataLinks;
import io.overread.gateway.dicomweb.model.JsonModelWriter;
import io.overread.gateway.dicomweb.model.XmlModelWriter;
import io.overread.gateway.dicomweb.multipart.MultipartWriter;
import io.overread.gateway.instance.StoredInstance;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Metadata of instances: all attributes, long values as links (PS3.18 10.4.1.1.2). */
public final class RetrieveMetadata {

  private final Holdings holdings;

  /** Of what is held. */
  public RetrieveMetadata(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Answers in JSON or XML, file by file. */
  public void retrieve(WebRequest request, Target target, HttpServletResponse response)
      throws IOException {
    List<StoredInstance> instances = holdings.of(target);
    boolean xml = request.wantsXml("Metadata is");
    holdings.given(request, target, "metadata", instances.size());
    Holdings.answerPartly(response, instances);
    if (xml) {
      MultipartWriter parts = new MultipartWriter(response.getOutputStream());
      response.setContentType(parts.contentType(ResourceType.XML));
      for (StoredInstance instance : instances) {
        if (instance.isHere()) {
          XmlModelWriter.write(
              Holdings.open(instance).dataSet(),
              links(request, instance),
              parts.part(ResourceType.XML, null));
        }
      }
      parts.end();
      return;
    }
    response.setContentType(ResourceType.JSON);
    try (JsonModelWriter writer = JsonModelWriter.array(response.getOutputStream())) {
      for (StoredInstance instance : instances) {
        if (instance.isHere()) {
          DicomFile file = Holdings.open(instance);
          writer.write(file.dataSet(), links(request, instance));
        }
      }
    }
  }

  private static BulkDataLinks links(WebRequest request, StoredInstance instance) {
    String root =
        request.url(
                instance.studyInstanceUid(),
                instance.seriesInstanceUid(),
                instance.sopInstanceUid())
            + "/bulkdata/";
    return path -> Optional.of(root + path);
  }
}

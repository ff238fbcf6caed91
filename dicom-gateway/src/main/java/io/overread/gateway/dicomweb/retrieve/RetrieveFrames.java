package io.overread.gateway.dicomweb.retrieve;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Fragments;
import io.overread.dicom.data.Octets;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.MediaRange;
import io.overread.gateway.dicomweb.ResourceType;
import io.overread.gateway.dicomweb.WebRequest;
import io.overread.gateway.dicomweb.multipart.MultipartWriter;
import io.overread.gateway.instance.StoredInstance;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Frames and other bulk data of an instance (PS3.18 10.4.1.1.3, 10.4.1.1.5, 8.7.3.3). */
public final class RetrieveFrames {

  /**
   * In which form frames go.
   *
   * @param stored without decoding them
   */
  private record Form(String mediaType, String transferSyntax, boolean stored, boolean multipart) {

    String contentType() {
      return mediaType + "; transfer-syntax=" + transferSyntax;
    }
  }

  private final Holdings holdings;
  private final Frames frames;

  /** Of what is held. */
  public RetrieveFrames(Holdings holdings, Frames frames) {
    this.holdings = holdings;
    this.frames = frames;
  }

  /**
   * Answers with frames.
   *
   * @param list numbers from 1, separated by commas
   */
  public void retrieve(WebRequest request, Target target, String list, HttpServletResponse response)
      throws IOException {
    List<Integer> numbers = FrameList.parse(list);
    StoredInstance instance = holdings.one(target);
    if (instance.numberOfFrames() > 0
        && numbers.stream().anyMatch(number -> number > instance.numberOfFrames())) {
      throw DicomwebProblem.notFound("There are frames 1 to " + instance.numberOfFrames() + ".");
    }
    answer(request, target, numbers, Holdings.open(instance), response);
  }

  /**
   * Answers with the value of an element; that of encapsulated pixel data is all of its frames.
   *
   * @param path as the links of the metadata have it
   */
  public void bulkData(WebRequest request, Target target, String path, HttpServletResponse response)
      throws IOException {
    StoredInstance instance = holdings.one(target);
    DicomFile file = Holdings.open(instance);
    Element element =
        BulkData.find(file.dataSet(), path)
            .orElseThrow(() -> DicomwebProblem.notFound("There is no such value."));
    switch (element.value()) {
      case Octets octets -> {
        boolean multipart = octetStream(request);
        holdings.given(request, target, "bulkdata " + path, 1);
        if (multipart) {
          MultipartWriter parts = new MultipartWriter(response.getOutputStream());
          response.setContentType(parts.contentType(ResourceType.OCTET_STREAM));
          var out =
              parts.part(ResourceType.OCTET_STREAM, request.servlet().getRequestURL().toString());
          BulkData.write(instance, path, element, octets, out);
          parts.end();
        } else {
          response.setContentType(ResourceType.OCTET_STREAM);
          BulkData.write(instance, path, element, octets, response.getOutputStream());
        }
      }
      case Fragments fragments when element.tag() == Tag.PixelData -> {
        int last = Math.max(1, file.dataSet().integer(Tag.NumberOfFrames).orElse(1));
        answer(request, target, IntStream.rangeClosed(1, last).boxed().toList(), file, response);
      }
      default -> throw DicomwebProblem.notFound("There is no such value.");
    }
  }

  private void answer(
      WebRequest request,
      Target target,
      List<Integer> numbers,
      DicomFile file,
      HttpServletResponse response)
      throws IOException {
    Form form = form(request, file.transferSyntax(), numbers.size());
    // The first is made before anything is said: what can't be decoded is a problem, not half an
    // answer.
    byte[] first = bytes(file, numbers.getFirst(), form);
    holdings.given(request, target, "frames " + abbreviated(numbers), 1);
    if (!form.multipart()) {
      response.setContentType(form.contentType());
      response.getOutputStream().write(first);
      return;
    }
    MultipartWriter parts = new MultipartWriter(response.getOutputStream());
    response.setContentType(parts.contentType(form.mediaType()));
    String root = request.url(target.study(), String.valueOf(target.series()), target.uid());
    for (int index = 0; index < numbers.size(); index++) {
      byte[] bytes = index == 0 ? first : bytes(file, numbers.get(index), form);
      parts.part(form.contentType(), root + "/frames/" + numbers.get(index)).write(bytes);
    }
    parts.end();
  }

  private byte[] bytes(DicomFile file, int number, Form form) throws IOException {
    return form.stored() ? frames.stored(file, number) : frames.cells(file, number);
  }

  private static String abbreviated(List<Integer> numbers) {
    return numbers.size() <= 20
        ? numbers.toString()
        : numbers.getFirst() + " and " + (numbers.size() - 1) + " more";
  }

  /** The first acceptable form that there is (8.7.8). */
  private static Form form(WebRequest request, TransferSyntax syntax, int count) {
    boolean compressed = syntax.encapsulated();
    String storedType =
        compressed
            ? ResourceType.ofFrames(syntax.uid()).orElse(ResourceType.OCTET_STREAM)
            : ResourceType.OCTET_STREAM;
    // Native frames go in little endian whatever the file is in (8.7.3.3.1).
    String storedSyntax = compressed ? syntax.uid() : Uid.ExplicitVRLittleEndian;
    for (MediaRange range : request.accepted()) {
      boolean multipart = range.isMultipart() || range.type().equals("*/*");
      if (count > 1 && !multipart) {
        continue;
      }
      String wanted = range.transferSyntax();
      boolean storedWillDo =
          wanted == null || wanted.equals(storedSyntax) || wanted.equals(syntax.uid());
      if (range.allows(storedType) && storedWillDo) {
        return new Form(storedType, storedSyntax, true, multipart);
      }
      boolean plainWillDo = wanted == null || wanted.equals(Uid.ExplicitVRLittleEndian);
      if (compressed && range.allows(ResourceType.OCTET_STREAM) && plainWillDo) {
        return new Form(ResourceType.OCTET_STREAM, Uid.ExplicitVRLittleEndian, false, multipart);
      }
    }
    throw DicomwebProblem.notAcceptable(
        "These frames are to be had as multipart/related with type=\""
            + storedType
            + "\"; transfer-syntax="
            + storedSyntax
            + (compressed ? ", or decoded with type=\"application/octet-stream\"." : "."));
  }

  private static boolean octetStream(WebRequest request) {
    for (MediaRange range : request.accepted()) {
      if (range.allows(ResourceType.OCTET_STREAM)) {
        return range.isMultipart() || range.type().equals("*/*");
      }
    }
    throw DicomwebProblem.notAcceptable(
        "This value is application/octet-stream, alone or in multipart/related.");
  }
}

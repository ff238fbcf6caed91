package io.overread.gateway.dicomweb.retrieve;

import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.MediaRange;
import io.overread.gateway.dicomweb.WebRequest;
import io.overread.gateway.dicomweb.multipart.MultipartWriter;
import io.overread.gateway.dicomweb.retrieve.RenderOptions.Viewport;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.NotRendered;
import io.overread.gateway.render.RenderedImage;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures of instances: rendered, and thumbnails (PS3.18 10.4.1.1.4, 10.4.1.1.6). */
public final class RetrieveRendered {

  private static final Viewport THUMBNAIL = new Viewport(128, 128, null);

  /** A frame to be shown. */
  private record Shown(StoredInstance instance, int frame) {}

  private final Holdings holdings;
  private final FrameRenderer renderer;

  /** Of what is held. */
  public RetrieveRendered(Holdings holdings, FrameRenderer renderer) {
    this.holdings = holdings;
    this.renderer = renderer;
  }

  /**
   * Answers with one picture of each instance, its first frame, or with the frames named.
   *
   * @param list numbers from 1, separated by commas; null for the first
   */
  public void rendered(
      WebRequest request, Target target, @Nullable String list, HttpServletResponse response)
      throws IOException {
    RenderOptions options = RenderOptions.of(request.servlet(), null);
    List<Shown> shown = shown(target, list);
    MediaRange range = accepted(request);
    String type = pictureType(range);
    warnOfAnnotation(request, response);
    byte[] first = picture(shown.getFirst(), options, type);
    holdings.given(request, target, "rendered", shown.size());
    if (shown.size() == 1 && !range.isMultipart()) {
      response.setContentType(type);
      response.getOutputStream().write(first);
      return;
    }
    MultipartWriter parts = new MultipartWriter(response.getOutputStream());
    response.setContentType(parts.contentType(type));
    for (int index = 0; index < shown.size(); index++) {
      byte[] picture = index == 0 ? first : picture(shown.get(index), options, type);
      parts.part(type, location(request, shown.get(index))).write(picture);
    }
    parts.end();
  }

  /** Answers with one small picture, of the first image. */
  public void thumbnail(
      WebRequest request, Target target, @Nullable String list, HttpServletResponse response)
      throws IOException {
    RenderOptions options = RenderOptions.of(request.servlet(), THUMBNAIL);
    Shown first = shown(target, list).getFirst();
    String type = pictureType(accepted(request));
    byte[] picture = picture(first, options, type);
    holdings.given(request, target, "thumbnail", 1);
    response.setContentType(type);
    response.getOutputStream().write(picture);
  }

  private List<Shown> shown(Target target, @Nullable String list) {
    List<Integer> frames = list == null ? List.of(1) : FrameList.parse(list);
    List<Shown> shown =
        holdings.of(target).stream()
            .filter(instance -> instance.numberOfFrames() > 0 && instance.isHere())
            .flatMap(instance -> frames.stream().map(frame -> new Shown(instance, frame)))
            .toList();
    if (shown.isEmpty()) {
      throw DicomwebProblem.notAcceptable("There is no image in this " + target.kind() + ".");
    }
    return shown;
  }

  private byte[] picture(Shown shown, RenderOptions options, String type) throws IOException {
    return switch (renderer.render(shown.instance().path(), shown.frame(), options.window())) {
      case RenderedImage rendered -> Pictures.encode(rendered, options, type);
      case NotRendered not ->
          throw switch (not.cause()) {
            case ABSENT -> DicomwebProblem.notFound("There is no such frame: " + not.reason());
            case UNSUPPORTED, MALFORMED, TOO_LARGE ->
                DicomwebProblem.notAcceptable("It can't be rendered: " + not.reason());
          };
    };
  }

  /** Several pictures go in parts whatever is accepted: their type is what is chosen (8.7.4). */
  private static MediaRange accepted(WebRequest request) {
    for (MediaRange range : request.accepted()) {
      if (range.allows(Pictures.JPEG) || range.allows(Pictures.PNG)) {
        return range;
      }
    }
    throw DicomwebProblem.notAcceptable("Pictures are image/jpeg or image/png.");
  }

  private static String pictureType(MediaRange range) {
    return range.allows(Pictures.JPEG) ? Pictures.JPEG : Pictures.PNG;
  }

  private static void warnOfAnnotation(WebRequest request, HttpServletResponse response) {
    if (request.servlet().getParameter("annotation") != null) {
      response.addHeader(
          "Warning", "299 " + request.baseUrl() + " \"Annotations are not burnt in.\"");
    }
  }

  private static String location(WebRequest request, Shown shown) {
    StoredInstance instance = shown.instance();
    return request.url(
            instance.studyInstanceUid(), instance.seriesInstanceUid(), instance.sopInstanceUid())
        + "/frames/"
        + shown.frame()
        + "/rendered";
  }
}

package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.NotRendered;
import io.overread.gateway.render.RenderedImage;
import io.overread.gateway.study.Series;
import io.overread.gateway.study.StudyLedger;
import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.AnalysisPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The frames that a draft was made of, rendered again, each compared with what was recorded. */
final class RecordedFrames {
  private final StoredInstances instances;
  private final StudyLedger ledger;
  private final FrameRenderer renderer;

  RecordedFrames(StoredInstances instances, StudyLedger ledger, FrameRenderer renderer) {
    this.instances = instances;
    this.ledger = ledger;
    this.renderer = renderer;
  }

  /** The frames of a draft can't be had. */
  static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;

    Gone(String reason) {
      super(reason);
    }
  }

  /**
   * Renders them.
   *
   * @param run null of a draft from before it was kept
   * @param differences where each is told that is found
   * @throws Gone if one is not there any more
   */
  List<SelectedFrame> of(
      Analysis analysis,
      AnalysisPlan plan,
      List<ReadInputs.Input> inputs,
      @Nullable DraftRun run,
      List<String> differences) {
    if (inputs.size() != plan.inputDigests().size()) {
      throw new Gone("which frames were read is not recorded");
    }
    List<SelectedFrame> frames = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      ReadInputs.Input input = inputs.get(i);
      String name = "frame " + (i + 1) + " (" + input.sopInstanceUid() + ")";
      StoredInstance instance = instance(input, name);
      compareBytes(instance, plan.inputDigests().get(i), name, differences);
      SelectedFrame frame = rendered(analysis, instance, input, name);
      if (run != null
          && i < run.pixelDigests().size()
          && !run.pixelDigests().get(i).equals(frame.pixelDigest())) {
        differences.add(
            "%s is rendered otherwise: recorded %s, now %s"
                .formatted(name, brief(run.pixelDigests().get(i)), brief(frame.pixelDigest())));
      }
      frames.add(frame);
    }
    return frames;
  }

  private StoredInstance instance(ReadInputs.Input input, String name) {
    StoredInstance instance =
        Optional.ofNullable(input.sopInstanceUid())
            .flatMap(instances::find)
            .orElseThrow(() -> new Gone(name + " is not stored"));
    if (!instance.isHere()) {
      throw new Gone(name + ": its file is deleted or missing");
    }
    return instance;
  }

  private static void compareBytes(
      StoredInstance instance, String recorded, String name, List<String> differences) {
    if (!instance.file().dataSetDigest().equals(recorded)) {
      differences.add(
          "%s is another data set: recorded %s, stored %s"
              .formatted(name, brief(recorded), brief(instance.file().dataSetDigest())));
    }
    String now = digest(instance.path());
    if (!now.equals(instance.file().fileDigest())) {
      differences.add(
          "%s: the bytes of its file differ: stored %s, now %s"
              .formatted(name, brief(instance.file().fileDigest()), brief(now)));
    }
  }

  private SelectedFrame rendered(
      Analysis analysis, StoredInstance instance, ReadInputs.Input input, String name) {
    Series series =
        ledger.series(analysis.study().studyInstanceUid()).stream()
            .filter(each -> each.seriesInstanceUid().equals(instance.seriesInstanceUid()))
            .findFirst()
            .orElseThrow(() -> new Gone(name + ": its series is not stored"));
    CtWindows.@Nullable Named window = window(series, input.window(), name);
    int frame = Optional.ofNullable(input.frame()).orElse(1);
    return switch (renderer.render(
        instance.path(), frame, window == null ? null : window.window())) {
      case RenderedImage image ->
          new SelectedFrame(instance, series, frame, input.window(), input.reason(), image.image());
      case NotRendered not -> throw new Gone(name + " can't be rendered: " + not.reason());
    };
  }

  private static CtWindows.@Nullable Named window(
      Series series, @Nullable String recorded, String name) {
    if (recorded == null) {
      return null;
    }
    String bodyPart = CodeString.normalised(series.attributes().anatomy().bodyPartExamined());
    return CtWindows.named(bodyPart, recorded)
        .orElseThrow(() -> new Gone(name + ": there is no window '" + recorded + "' any more"));
  }

  private static String digest(Path file) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String brief(String digest) {
    return digest.substring(0, Math.min(12, digest.length()));
  }
}

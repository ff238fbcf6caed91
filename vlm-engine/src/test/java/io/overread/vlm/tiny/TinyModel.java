package io.overread.vlm.tiny;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.onnx.ExecutionProvider;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tiny model's folder and its reference values. */
public enum TinyModel {
  /** Single precision, described by overread.json. */
  PLAIN,
  /** Half precision, as a hub model without overread.json. */
  HALVES,
  /** Attention by GroupQueryAttention. */
  GROUPED,
  /** As PLAIN, and shows where it sees a glioma (bright) and a meningioma (dark). */
  REGIONS,
  /** PLAIN's weights in the layout of onnxruntime-genai. */
  GENAI;

  /** Its folder, read only. */
  public Path folder() {
    return path(name().toLowerCase(java.util.Locale.ROOT));
  }

  /** Loads it. */
  public OnnxModel load() {
    return OnnxModel.load(folder(), settings());
  }

  /** Copies its folder to where a test may spoil it. */
  public Path copyTo(Path target) {
    return copy(folder(), target);
  }

  /** Copies a folder into one that is not there yet. */
  public static Path copy(Path source, Path target) {
    try (Stream<Path> paths = Files.walk(source)) {
      for (Path path : paths.toList()) {
        Path to = target.resolve(source.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          Files.copy(path, to);
        }
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Python makes of each question. */
  public List<Reference> references() {
    TinyModel told = this == REGIONS || this == GENAI ? PLAIN : this; // neither changes an answer
    JsonNode json =
        JsonMapper.shared()
            .readTree(path(told.name().toLowerCase(java.util.Locale.ROOT) + ".json"));
    return json.get("questions").valueStream().map(Reference::new).toList();
  }

  /** Settings for tests: natives unpacked below target. */
  public static EngineSettings settings() {
    return new EngineSettings(ExecutionProvider.CPU, 1, 64, 4096, Path.of("target", "natives"));
  }

  /** The image that Python's reference saw. */
  public static BufferedImage picture() {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        int gray = (x * 7 + y * 11 + (x * y) % 13) % 256;
        image.setRGB(x, y, gray << 16 | (gray * 3 + 40) % 256 << 8 | (255 - gray));
      }
    }
    return image;
  }

  /** Another image. */
  public static BufferedImage blank() {
    return new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
  }

  private static Path path(String name) {
    URL resource = TinyModel.class.getResource(name);
    if (resource == null) {
      throw new IllegalStateException(name + " is not among the test resources");
    }
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What Python makes of one question.
   *
   * @param json the reference as written
   */
  public record Reference(JsonNode json) {

    /** The question. */
    public String question() {
      return json.get("question").stringValue();
    }

    /** Tokens of the greedy answer, at most twelve. */
    public List<Integer> tokens() {
      return json.get("tokens").valueStream().map(JsonNode::intValue).toList();
    }

    /** Their log-probabilities. */
    public List<Double> logProbabilities() {
      return json.get("log_probabilities").valueStream().map(JsonNode::doubleValue).toList();
    }

    /** Log-probability of a yes. */
    public double yes() {
      return json.get("yes").doubleValue();
    }

    /** Log-probability of a no. */
    public double no() {
      return json.get("no").doubleValue();
    }
  }
}

package io.overread.vlm.tiny;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.onnx.ExecutionProvider;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tiny checkpoint in onnxruntime-genai's layout, and what onnxruntime-genai made of it; {@code
 * training/parity} writes both.
 *
 * @param name of its folder
 */
public record GenAiFolder(String name) {

  /** The folder of every fixture. */
  public Path root() {
    URL resource = GenAiFolder.class.getResource("/io/overread/vlm/genai/" + name + "/golden.json");
    if (resource == null) {
      throw new IllegalStateException(name + " is not among the test resources");
    }
    try {
      return Path.of(resource.toURI()).resolveSibling(".").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The model's folder, read only. */
  public Path model() {
    return root().resolve("model");
  }

  /** Loads it; its pictures are thousands of tokens. */
  public OnnxModel load() {
    Path natives = TinyModel.settings().nativeFolder();
    return OnnxModel.load(model(), new EngineSettings(ExecutionProvider.CPU, 1, 64, 8192, natives));
  }

  /** One of the pictures that it was shown. */
  public BufferedImage picture(String picture) {
    return png(root().resolve("../pictures/" + picture + ".png"));
  }

  /** What the reference says. */
  public JsonNode golden() {
    return JsonMapper.shared().readTree(root().resolve("golden.json"));
  }

  /** Each question that was asked. */
  public Stream<Case> cases() {
    return golden().get("cases").valueStream().map(json -> new Case(this, json));
  }

  /** Some of a picture's pixels as the vision encoder got them, 0..255, red, green, blue. */
  public int[] levels(String picture) {
    BufferedImage image = png(root().resolve(picture + ".png"));
    return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
  }

  private static BufferedImage png(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One question.
   *
   * @param folder that was asked
   * @param json the reference as written
   */
  public record Case(GenAiFolder folder, JsonNode json) {

    /** The pictures that it was asked about. */
    public List<BufferedImage> pictures() {
      return json.get("images")
          .valueStream()
          .map(name -> folder.picture(name.stringValue()))
          .toList();
    }

    /** The question. */
    public String question() {
      return json.get("question").stringValue();
    }

    /** Token ids of the prompt. */
    public int[] ids() {
      return json.get("ids")
          .valueStream()
          .flatMapToInt(
              run -> IntStream.generate(() -> run.get(0).intValue()).limit(run.get(1).intValue()))
          .toArray();
    }

    /** Scores of every token after the prompt. */
    public double[] logits() {
      return doubles("logits");
    }

    /** Tokens of the greedy answer. */
    public List<Integer> tokens() {
      return json.get("tokens").valueStream().map(JsonNode::intValue).toList();
    }

    /** Their log-probabilities. */
    public double[] logProbabilities() {
      return doubles("log_probabilities");
    }

    private double[] doubles(String field) {
      return json.get(field).valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }
  }
}

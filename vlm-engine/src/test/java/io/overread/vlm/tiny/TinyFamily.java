package io.overread.vlm.tiny;

import io.overread.vlm.OnnxModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A family's tiny checkpoint as {@code training/parity} exported it, and what transformers made of
 * it.
 *
 * @param name of its folder
 */
public record TinyFamily(String name) {

  /** Every folder that holds a checkpoint. */
  public static Stream<TinyFamily> all() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("golden.json")))
          .map(folder -> new TinyFamily(String.valueOf(folder.getFileName())))
          .sorted((a, b) -> a.name.compareTo(b.name))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model's folder, read only. */
  public Path folder() {
    return root().resolve(name).resolve("model");
  }

  /** Loads it. */
  public OnnxModel load() {
    return OnnxModel.load(folder(), TinyModel.settings());
  }

  /** One of the pictures that every family is shown. */
  public static BufferedImage picture(String name) {
    return png(root().resolve("pictures").resolve(name + ".png"));
  }

  /** What transformers made of each question. */
  public List<Golden> golden() {
    return json().get("cases").valueStream().map(Golden::new).toList();
  }

  /** The levels, 0..255, that the image processor gave by picture: red, green, blue, row by row. */
  public Map<String, double[]> pixels() {
    Map<String, double[]> pixels = new LinkedHashMap<>();
    for (String picture : json().get("pixels").propertyNames()) {
      BufferedImage image = png(root().resolve(name).resolve(picture + ".png"));
      int[] samples =
          image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
      pixels.put(picture, java.util.Arrays.stream(samples).asDoubleStream().toArray());
    }
    return pixels;
  }

  /** Pixels of one picture, or of one part where it was cut, in one colour. */
  public int plane(String picture) {
    JsonNode shape = json().get("pixels").get(picture);
    return shape.get(1).intValue() * shape.get(2).intValue();
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(root().resolve(name).resolve("golden.json"));
  }

  private static BufferedImage png(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The test resources, or the folder that the environment names (see training/parity). */
  private static Path root() {
    String elsewhere = System.getenv("OVERREAD_FAMILIES");
    if (elsewhere != null) {
      return Path.of(elsewhere);
    }
    URL resource = TinyFamily.class.getResource("/io/overread/vlm/family/pictures/wide.png");
    if (resource == null) {
      throw new IllegalStateException("the families are not among the test resources");
    }
    try {
      return Path.of(resource.toURI()).resolve("../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What transformers made of one question.
   *
   * @param json the reference as written
   */
  public record Golden(JsonNode json) {

    /** The pictures that it was asked about. */
    public List<BufferedImage> pictures() {
      return json.get("images").valueStream().map(name -> picture(name.stringValue())).toList();
    }

    /** The question. */
    public String question() {
      return json.get("question").stringValue();
    }

    /** Token ids of the prompt. */
    public int[] ids() {
      return json.get("ids").valueStream().mapToInt(JsonNode::intValue).toArray();
    }

    /** Scores of every token after the prompt. */
    public double[] logits() {
      return json.get("logits").valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    /** Tokens of the greedy answer, at most twelve. */
    public List<Integer> tokens() {
      return json.get("tokens").valueStream().map(JsonNode::intValue).toList();
    }

    /** Their log-probabilities. */
    public List<Double> logProbabilities() {
      return json.get("log_probabilities").valueStream().map(JsonNode::doubleValue).toList();
    }
  }
}

package io.overread.gateway.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How often {@link BurnedInText} is wrong on the dev images beside the project, as they are and
 * with text drawn onto them. {@code -Dtext.every=1} measures on all of them and prints the table of
 * the engine's README.
 */
class BurnedInTextDataTest {

  private static final Path DATA = Path.of("..", "..", "shared", "data", "radiology");
  private static final int EVERY = Integer.getInteger("text.every", 83);
  private static final double CAUGHT = 0.95;

  private static final class Tally {
    int images;
    int alarms;
    double share;
    int texts;
    int caught;
    double ink;

    void add(BufferedImage image, Random random) {
      List<Area> without = BurnedInText.in(image);
      images++;
      alarms += without.isEmpty() ? 0 : 1;
      share += DrawnText.share(image, without);
      for (boolean corner : List.of(true, false)) {
        DrawnText drawn = DrawnText.on(image, random, corner);
        double within = drawn.inkWithin(BurnedInText.in(drawn.image()));
        texts++;
        caught += within >= CAUGHT ? 1 : 0;
        ink += within;
      }
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d images, something black on %.1f %%, %.2f %% of the area; %d texts, %.1f %% black,"
              + " %.1f %% of the ink",
          images,
          100.0 * alarms / images,
          100 * share / images,
          texts,
          100.0 * caught / texts,
          100 * ink / texts);
    }
  }

  @Test
  void most_text_on_dev_images_is_found_and_little_else() throws IOException {
    assumeTrue(
        Files.exists(DATA.resolve("records.jsonl")),
        "the radiology data is not beside the project");
    Map<String, Tally> tallies = new TreeMap<>();
    Tally all = new Tally();
    int at = 0;
    for (String line : Files.readAllLines(DATA.resolve("records.jsonl"))) {
      JsonNode row = JsonMapper.shared().readTree(line);
      if (row.path("split").asString("").equals("dev") && at++ % EVERY == 0) {
        BufferedImage image = read(DATA.resolve(row.path("image").asString()));
        tallies
            .computeIfAbsent(row.path("source").asString(), name -> new Tally())
            .add(image, new Random(at));
        all.add(image, new Random(at));
      }
    }
    tallies.put("all", all);
    tallies.forEach((source, tally) -> System.out.println(source + ": " + tally));
    assertThat((double) all.caught / all.texts).isGreaterThan(0.88);
    assertThat(all.share / all.images).isLessThan(0.02);
  }

  private static BufferedImage read(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

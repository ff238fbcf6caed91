package io.overread.vlm.family;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.image.Normalisation;
import io.overread.vlm.image.PixelTensor;
import io.overread.vlm.image.PlaneResampler;
import io.overread.vlm.image.Resampler;
import io.overread.vlm.image.ResamplingFilter;
import io.overread.vlm.image.RgbImage;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.onnx.HostTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Phi-3 and Phi-3.5 vision: an image fills square tiles along its longer edge, white is put around
 * it along the shorter one, and it is seen once more as a whole; the encoder writes the ends of
 * lines. Each text between images is tokenised alone. Positions of more than 4,096 tokens are
 * counted by other factors (LongRoPE), so nothing that was read before is kept beyond that.
 */
final class Phi3Vision extends TiledFamily {

  private static final String SIZES = "image_sizes";
  private static final int TILE = 336;

  /** Rows of features along an edge of a tile. */
  private static final int LINE = 12;

  private static final int MOST_CROPS = 64;

  private final int crops;
  private final int switchLength;
  private final Normalisation normalisation;
  private final PlaneResampler whole;

  Phi3Vision(ModelFolder folder) {
    super(folder);
    var images = folder.settings().images();
    this.crops = images.integer("num_crops").orElse(16);
    if (crops < 1 || crops > MOST_CROPS) {
      throw images.malformed("num_crops", "not between 1 and " + MOST_CROPS);
    }
    this.switchLength =
        folder.settings().config().integer("original_max_position_embeddings").orElse(4096);
    this.normalisation = folder.unsizedPreprocessor().normalisation();
    // onnxruntime-extensions' operation and the checkpoints' own code shrink differently.
    this.whole =
        "Phi3ImageTransform".equals(images.text("image_processor_type"))
            ? PlaneResampler.PILLOW_BICUBIC
            : PlaneResampler.TORCH_BICUBIC;
  }

  @Override
  public String name() {
    return "Phi-3.5 vision";
  }

  @Override
  public boolean known() {
    return true;
  }

  @Override
  public PreparedImage prepare(RgbImage image) {
    RgbImage canvas = onWholeTiles(image);
    PixelTensor values = normalisation.apply(canvas);
    int rows = canvas.height() / TILE;
    int columns = canvas.width() / TILE;
    int plane = TILE * TILE;
    float[] pixels = new float[(crops + 1) * 3 * plane];
    System.arraycopy(whole.resize(values, TILE, TILE).values(), 0, pixels, 0, 3 * plane);
    int to = 3 * plane;
    for (int tile = 0; tile < rows * columns; tile++) {
      int left = tile % columns * TILE;
      for (int color = 0; color < 3; color++) {
        int top = color * canvas.height() + tile / columns * TILE;
        for (int y = 0; y < TILE; y++, to += TILE) {
          int from = (top + y) * canvas.width() + left;
          System.arraycopy(values.values(), from, pixels, to, TILE);
        }
      }
    }
    return new PreparedImage(
        Map.of(
            PreparedImage.PIXEL_VALUES,
            new HostTensor.Floats(pixels, crops + 1, 3, TILE, TILE),
            SIZES,
            new HostTensor.Integers(new long[] {canvas.height(), canvas.width()}, 2)),
        rows,
        columns);
  }

  private RgbImage onWholeTiles(RgbImage image) {
    boolean upright = image.width() < image.height();
    int longer = Math.max(image.width(), image.height());
    double ratio = (double) longer / Math.min(image.width(), image.height());
    int scale = 1;
    while ((scale + 1) * Math.ceil((scale + 1) / ratio) <= crops) {
      scale++;
    }
    int edge = scale * TILE;
    int other = Math.max(1, (int) (edge / ratio));
    int room = Math.ceilDiv(other, TILE) * TILE;
    RgbImage fitted =
        Resampler.resize(
            image, upright ? other : edge, upright ? edge : other, ResamplingFilter.BILINEAR);
    int width = upright ? room : edge;
    int height = upright ? edge : room;
    int left = (width - fitted.width()) / 2;
    int top = (height - fitted.height()) / 2;
    byte[] canvas = new byte[width * height * 3];
    Arrays.fill(canvas, (byte) 0xff);
    for (int y = 0; y < fitted.height(); y++) {
      int row = fitted.width() * 3;
      System.arraycopy(fitted.samples(), y * row, canvas, ((top + y) * width + left) * 3, row);
    }
    return new RgbImage(width, height, canvas);
  }

  @Override
  public Set<String> visionInputs() {
    return Set.of(SIZES);
  }

  /** Of an image as high as all its tiles, which has the most ends of lines. */
  @Override
  public int mostImageTokens() {
    return (crops + 1) * LINE * LINE + 1 + (crops + 1) * LINE;
  }

  @Override
  public String placeholder(int image) {
    return mark(image) + "\n";
  }

  private static String mark(int image) {
    return "<|image_" + (image + 1) + "|>";
  }

  @Override
  public boolean holdsImage(String prompt, TextEncoder tokens) {
    return prompt.contains(mark(0));
  }

  /** The images' marks stand before the question: what a question spells like one stays text. */
  @Override
  public int[] encode(String prompt, List<ImageLayout> images, TextEncoder tokens) {
    IntStream ids = IntStream.empty();
    int from = 0;
    for (int i = 0; i < images.size(); i++) {
      int at = prompt.indexOf(mark(i), from);
      if (at < 0) {
        throw new ModelFormatException(
            "chat_template", "no " + mark(i) + " in a prompt with " + images.size() + " images");
      }
      IntStream before = Arrays.stream(tokens.encode(prompt.substring(from, at), true));
      IntStream image = IntStream.generate(this::imageToken).limit(images.get(i).tokens());
      ids = IntStream.concat(ids, IntStream.concat(before, image));
      from = at + mark(i).length();
    }
    int[] rest = tokens.encode(prompt.substring(from), true);
    return IntStream.concat(ids, Arrays.stream(rest)).toArray();
  }

  @Override
  public int switchLength() {
    return switchLength;
  }
}

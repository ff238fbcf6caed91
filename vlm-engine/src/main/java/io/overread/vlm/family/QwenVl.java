package io.overread.vlm.family;

import io.overread.vlm.failure.InferenceException;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.image.ImagePatches;
import io.overread.vlm.image.ImagePreprocessor;
import io.overread.vlm.image.PixelTensor;
import io.overread.vlm.image.Resampler;
import io.overread.vlm.image.RgbImage;
import io.overread.vlm.image.SmartResize;
import io.overread.vlm.image.TargetSize;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.ModelJson;
import io.overread.vlm.onnx.HostTensor;
import io.overread.vlm.onnx.TokenSequence;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.region.WrittenRegion;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Qwen2-VL, Qwen2.5-VL and Qwen3-VL (Lingshu): pictures of any size, cut into patches; positions of
 * image tokens have a row and a column. Qwen3-VL's vision encoder gives further features ({@code
 * deepstack_features.N}) that its decoder adds to what its first layers make of image tokens.
 */
final class QwenVl extends ModelFamily {

  private static final int MAX_PIXELS = 1 << 24;
  private static final int MAX_PATCH = 256;
  private static final int MAX_DEEP = 64;
  private static final String GRID = "image_grid_thw";
  private static final String SHORT_GRID = "grid_thw";

  private final String name;
  private final Grounding grounding;
  private final int patch;
  private final int merge;
  private final int moments;
  private final SmartResize resize;
  private final Set<String> deep;

  QwenVl(ModelFolder folder, String name, Grounding grounding) {
    super(folder);
    this.name = name;
    this.grounding = grounding;
    ModelJson images = folder.settings().images();
    this.patch = within(images, "patch_size", 14, MAX_PATCH);
    this.merge = within(images, "merge_size", 2, MAX_PATCH);
    this.moments = within(images, "temporal_patch_size", 2, MAX_PATCH);
    int factor = patch * merge;
    try {
      this.resize =
          new SmartResize(
              factor,
              pixels(images, "min_pixels", "shortest_edge", 4 * 28 * 28),
              pixels(images, "max_pixels", "longest_edge", 28 * 28 * 1280));
    } catch (IllegalArgumentException e) {
      throw images.malformed("size", String.valueOf(e.getMessage()));
    }
    this.deep = deepstack(folder.settings().config());
  }

  /** Older files state the bounds by themselves, newer ones inside {@code size}. */
  private static int pixels(ModelJson images, String own, String inSize, int absent) {
    ModelJson size = images.object("size");
    OptionalInt inside = size == null ? OptionalInt.empty() : size.integer(inSize);
    int pixels =
        images.field(own) != null
            ? images.integer(own).orElse(absent)
            : inside.orElse(size == null ? absent : size.integer(own).orElse(absent));
    if (pixels < 1 || pixels > MAX_PIXELS) {
      throw images.malformed(own, "not between 1 and " + MAX_PIXELS);
    }
    return pixels;
  }

  private static int within(ModelJson json, String name, int absent, int most) {
    int value = json.integer(name).orElse(absent);
    if (value < 1 || value > most) {
      throw json.malformed(name, "not between 1 and " + most);
    }
    return value;
  }

  private static Set<String> deepstack(ModelJson config) {
    ModelJson vision = config.object("vision_config");
    int count =
        vision == null || vision.field("deepstack_visual_indexes") == null
            ? 0
            : vision.decimals("deepstack_visual_indexes").size();
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < Math.min(count, MAX_DEEP); i++) {
      names.add("deepstack_features." + i);
    }
    return names;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean known() {
    return true;
  }

  @Override
  public PreparedImage prepare(RgbImage image) {
    ImagePreprocessor preprocessor = folder().unsizedPreprocessor();
    TargetSize.Exact size = sized(image);
    RgbImage resized = Resampler.resize(image, size.width(), size.height(), preprocessor.filter());
    PixelTensor pixels = preprocessor.normalisation().apply(resized);
    ImagePatches patches = ImagePatches.of(pixels, patch, merge, moments);
    HostTensor grid =
        new HostTensor.Integers(new long[] {1, patches.rows(), patches.columns()}, 1, 3);
    HostTensor values =
        new HostTensor.Floats(
            patches.values(), patches.rows() * patches.columns(), patches.width());
    return new PreparedImage(
        Map.of(PreparedImage.PIXEL_VALUES, values, GRID, grid, SHORT_GRID, grid),
        patches.rows() / merge,
        patches.columns() / merge);
  }

  private TargetSize.Exact sized(RgbImage image) {
    try {
      return resize.of(image.height(), image.width());
    } catch (IllegalArgumentException e) {
      throw new InferenceException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public TargetSize.@Nullable Exact fixedSize() {
    return null;
  }

  @Override
  public boolean keepsRelativePlaces() {
    return true;
  }

  @Override
  public Set<String> visionInputs() {
    return Set.of(GRID, SHORT_GRID);
  }

  @Override
  public Set<String> visionOutputs() {
    return deep;
  }

  @Override
  public Set<String> decoderInputs() {
    return deep;
  }

  @Override
  public int mostImageTokens() {
    return (int) (resize.most() / ((long) resize.factor() * resize.factor()));
  }

  @Override
  public TokenSequence sequence(int[] ids, int promptLength, StudyImages images) {
    int end = sharedLength(ids);
    long[][] positions = new long[3][end];
    int[] rows = new int[end];
    int image = 0;
    int row = 0;
    long next = 0;
    int at = 0;
    while (at < end) {
      if (ids[at] != imageToken()) {
        rows[at] = -1;
        for (long[] axis : positions) {
          axis[at] = next;
        }
        next++;
        at++;
        continue;
      }
      ImageLayout layout = images.layouts().get(image++);
      for (int i = 0; i < layout.tokens() && at < end; i++) {
        positions[0][at] = next;
        positions[1][at] = next + i / layout.gridColumns();
        positions[2][at] = next + i % layout.gridColumns();
        rows[at++] = row++;
      }
      next += Math.max(layout.gridRows(), layout.gridColumns());
    }
    return new Placed(positions, next, rows, stacked(images), images.features().width());
  }

  @Override
  public Optional<RegionText> regions(String question, String written, ImageLayout image) {
    int cell = patch * merge;
    return switch (grounding) {
      case MARKED -> QwenRegions.marked(written);
      case PIXELS ->
          QwenRegions.json(
              written, (double) image.gridColumns() * cell, (double) image.gridRows() * cell);
      case THOUSANDTHS -> QwenRegions.jsonInThousandths(written);
    };
  }

  /** As the makers' examples ask, but for Qwen2-VL, of which none is known. */
  @Override
  public Optional<String> groundingQuestion(String thing) {
    return Optional.of(
        grounding == Grounding.MARKED
            ? "Detect the bounding box of the " + thing + "."
            : "Locate the " + thing + ", output its bbox coordinates using JSON format.");
  }

  @Override
  public WrittenRegion.Point onPicture(WrittenRegion.Point place, TargetSize.Exact picture) {
    return place;
  }

  /** How boxes are written. */
  enum Grounding {
    /** Tokens of their own around thousandths. */
    MARKED,
    /** JSON, in pixels of the picture as it was resized. */
    PIXELS,
    /** JSON, in thousandths. */
    THOUSANDTHS
  }

  /** The further features of all images, one row after another. */
  private Map<String, float[]> stacked(StudyImages images) {
    Map<String, float[]> stacked = new HashMap<>();
    int width = images.features().width();
    for (String name : deep) {
      float[] all = new float[images.features().rows() * width];
      int to = 0;
      for (int image = 0; image < images.layouts().size(); image++) {
        if (!(images.features().other(image, name) instanceof HostTensor.Floats part)
            || part.values().length != images.features().rowsOf(image) * width) {
          throw new ModelFormatException(
              "vision_encoder: " + name, "missing, or not as large as image_features");
        }
        System.arraycopy(part.values(), 0, all, to, part.values().length);
        to += part.values().length;
      }
      stacked.put(name, all);
    }
    return stacked;
  }

  /**
   * Where the tokens up to the last image's lie, and where those after it go on.
   *
   * @param next the position of the first token after the last image's
   * @param rows for each token its row of features, -1 where it is text
   * @param deep the decoder's further inputs, a row for each row of features
   * @param width numbers in a row
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  private record Placed(
      long[][] positions, long next, int[] rows, Map<String, float[]> deep, int width)
      implements TokenSequence {

    @Override
    public long position(int axis, int index) {
      return index < rows.length ? positions[axis][index] : next + index - rows.length;
    }

    @Override
    public HostTensor input(String name, int batch, int from, int count) {
      float[] features = deep.get(name);
      if (features == null) {
        throw new IllegalStateException("this sequence has no input " + name);
      }
      float[] values = new float[batch * count * width];
      for (int i = from; i < Math.min(from + count, rows.length); i++) {
        for (int b = 0; b < batch && rows[i] >= 0; b++) {
          int to = (b * count + i - from) * width;
          System.arraycopy(features, rows[i] * width, values, to, width);
        }
      }
      return new HostTensor.Floats(values, batch, count, width);
    }
  }
}

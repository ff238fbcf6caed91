package io.overread.vlm.family;

import io.overread.vlm.image.Normalisation;
import io.overread.vlm.image.PixelTensor;
import io.overread.vlm.image.Resampler;
import io.overread.vlm.image.ResamplingFilter;
import io.overread.vlm.image.RgbImage;
import io.overread.vlm.image.TargetSize;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.ModelJson;
import io.overread.vlm.onnx.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Idefics3 and SmolVLM: an image is cut into square tiles, row by row, and seen once more as a
 * whole; each tile's tokens are announced by its place.
 */
final class Idefics3 extends TiledFamily {

  private static final String IMAGE = "<image>";
  private static final String AROUND = "<fake_token_around_image>";
  private static final String WHOLE = "<global-img>";
  private static final String MASK = "pixel_attention_mask";

  private final String name;
  private final IdeficsTiling tiling;
  private final ResamplingFilter filter;
  private final Normalisation normalisation;

  Idefics3(ModelFolder folder, String name) {
    super(folder);
    this.name = name;
    this.tiling = IdeficsTiling.of(folder.settings().images());
    this.filter = folder.preprocessor().filter();
    this.normalisation = folder.preprocessor().normalisation();
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
    RgbImage fitted = resized(image, tiling.fitted(image.height(), image.width()));
    int rows = fitted.height() / tiling.tile();
    int columns = fitted.width() / tiling.tile();
    List<RgbImage> tiles = new ArrayList<>();
    if (rows * columns > 1) {
      for (int i = 0; i < rows * columns; i++) {
        int left = i % columns * tiling.tile();
        tiles.add(fitted.part(left, i / columns * tiling.tile(), tiling.tile(), tiling.tile()));
      }
    }
    tiles.add(resized(fitted, List.of(new TargetSize.Exact(tiling.tile(), tiling.tile()))));
    boolean cut = tiles.size() > 1;
    return new PreparedImage(inputs(tiles), cut ? rows : 0, cut ? columns : 0);
  }

  /** One size after another, as the hub's processor does: each step rounds to eight bits. */
  private RgbImage resized(RgbImage image, List<TargetSize.Exact> sizes) {
    RgbImage result = image;
    for (TargetSize.Exact size : sizes) {
      result = Resampler.resize(result, size.width(), size.height(), filter);
    }
    return result;
  }

  private Map<String, HostTensor> inputs(List<RgbImage> tiles) {
    int tile = tiling.tile();
    float[] pixels = new float[tiles.size() * 3 * tile * tile];
    for (int i = 0; i < tiles.size(); i++) {
      PixelTensor one = normalisation.apply(tiles.get(i));
      System.arraycopy(one.values(), 0, pixels, i * one.values().length, one.values().length);
    }
    long[] seen = new long[tiles.size() * tile * tile];
    Arrays.fill(seen, 1);
    return Map.of(
        PreparedImage.PIXEL_VALUES,
        new HostTensor.Floats(pixels, tiles.size(), 3, tile, tile),
        MASK,
        new HostTensor.Integers(seen, tiles.size(), tile, tile));
  }

  @Override
  public Set<String> visionInputs() {
    return Set.of(MASK);
  }

  @Override
  public int mostImageTokens() {
    ModelJson processor = folder().settings().processor();
    int tokens = processor == null ? -1 : processor.integer("image_seq_len").orElse(-1);
    return tokens < 1 ? -1 : tokens * tiling.mostTiles();
  }

  @Override
  protected String expanded(String prompt, List<ImageLayout> images) {
    return Placeholders.replaced(prompt, IMAGE, images, written());
  }

  /** As {@code Idefics3Processor} and {@code SmolVLMProcessor} write it. */
  private static Function<ImageLayout, String> written() {
    return layout -> {
      int tiles = layout.gridRows() * layout.gridColumns();
      String tokens = IMAGE.repeat(layout.tokens() / (tiles + 1));
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < tiles; i++) {
        int row = i / layout.gridColumns() + 1;
        int column = i % layout.gridColumns() + 1;
        text.append(AROUND).append("<row_" + row + "_col_" + column + ">").append(tokens);
        text.append(column == layout.gridColumns() ? "\n" : "");
      }
      return text.append(tiles > 0 ? "\n" : "")
          .append(AROUND)
          .append(WHOLE)
          .append(tokens)
          .append(AROUND)
          .toString();
    };
  }
}

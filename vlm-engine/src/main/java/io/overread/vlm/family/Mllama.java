package io.overread.vlm.family;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.image.ImagePreprocessor;
import io.overread.vlm.image.Resampler;
import io.overread.vlm.image.RgbImage;
import io.overread.vlm.image.TargetSize;
import io.overread.vlm.image.TiledCanvas;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.ModelJson;
import io.overread.vlm.onnx.HostTensor;
import io.overread.vlm.onnx.TokenSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Llama 3.2 Vision: a picture lies on up to four tiles, and is one token of the prompt. Some layers
 * of the decoder look across at it: the vision encoder gives their keys and values ({@code
 * cross_attn_key_values.N.key|value}, as OpenVINO's exporters split this family), and a mask says
 * which text sees which picture's tiles.
 */
final class Mllama extends TiledFamily {

  private static final int MAX_TILE = 2048;
  private static final int MAX_TILES = 16;
  private static final int MAX_LAYERS = 1024;
  private static final String RATIO_IDS = "aspect_ratio_ids";
  private static final String RATIO_MASK = "aspect_ratio_mask";
  private static final String MASK = "cross_attention_mask";
  private static final String SEEING = "full_text_row_masked_out_mask";

  private final TiledCanvas canvas;
  private final Set<String> crossed;

  Mllama(ModelFolder folder) {
    super(folder);
    ModelJson images = folder.settings().images();
    ModelJson size = images.object("size");
    int tile = size == null ? -1 : size.integer("height").orElse(-1);
    int tiles = images.integer("max_image_tiles").orElse(4);
    if (tile < 1 || tile > MAX_TILE) {
      throw images.malformed("size", "its height is not between 1 and " + MAX_TILE);
    }
    if (tiles < 1 || tiles > MAX_TILES) {
      throw images.malformed("max_image_tiles", "not between 1 and " + MAX_TILES);
    }
    this.canvas = new TiledCanvas(tile, tiles);
    this.crossed = crossed(folder.settings().config());
  }

  private static Set<String> crossed(ModelJson config) {
    ModelJson text = config.object("text_config");
    if (text == null) {
      throw config.malformed("text_config", "missing");
    }
    Set<String> names = new LinkedHashSet<>();
    for (double layer : text.decimals("cross_attention_layers")) {
      if (layer < 0 || layer > MAX_LAYERS) {
        throw config.malformed("text_config: cross_attention_layers", "no numbers of layers");
      }
      names.add("cross_attn_key_values." + (int) layer + ".key");
      names.add("cross_attn_key_values." + (int) layer + ".value");
    }
    return names;
  }

  @Override
  public String name() {
    return "Llama 3.2 Vision";
  }

  @Override
  public boolean known() {
    return true;
  }

  @Override
  public PreparedImage prepare(RgbImage image) {
    ImagePreprocessor preprocessor = folder().unsizedPreprocessor();
    TiledCanvas.Arrangement tiles = canvas.arrange(image.height(), image.width());
    TargetSize.Exact size = canvas.fitted(image.height(), image.width(), tiles);
    RgbImage fitted = Resampler.resize(image, size.width(), size.height(), preprocessor.filter());
    long[] filled = new long[canvas.most()];
    Arrays.fill(filled, 0, tiles.rows() * tiles.columns(), 1);
    int edge = canvas.tile();
    return new PreparedImage(
        Map.of(
            PreparedImage.PIXEL_VALUES,
            new HostTensor.Floats(
                canvas.cut(fitted, tiles, preprocessor.normalisation()),
                1,
                1,
                canvas.most(),
                3,
                edge,
                edge),
            RATIO_IDS,
            new HostTensor.Integers(new long[] {tiles.number()}, 1, 1),
            RATIO_MASK,
            new HostTensor.Integers(filled, 1, 1, canvas.most())),
        tiles.rows(),
        tiles.columns());
  }

  @Override
  public Set<String> visionInputs() {
    return Set.of(RATIO_IDS, RATIO_MASK);
  }

  @Override
  public String featuresOutput() {
    return "cross_attention_states";
  }

  @Override
  public Set<String> visionOutputs() {
    return crossed;
  }

  @Override
  public Set<String> decoderInputs() {
    Set<String> inputs = new LinkedHashSet<>(crossed);
    inputs.add(MASK);
    inputs.add(SEEING);
    return inputs;
  }

  @Override
  public boolean mergesFeatures() {
    return false;
  }

  @Override
  public int mostImageTokens() {
    return 1;
  }

  @Override
  public TokenSequence sequence(int[] ids, int promptLength, StudyImages images) {
    List<Seen> seen = new ArrayList<>();
    for (int at = 0; at < promptLength; at++) {
      if (ids[at] == imageToken() && seen.size() < images.layouts().size()) {
        ImageLayout layout = images.layouts().get(seen.size());
        int states = images.features().rowsOf(seen.size());
        int filled = states / canvas.most() * layout.gridRows() * layout.gridColumns();
        seen.add(new Seen(at, Integer.MAX_VALUE, states, filled));
      }
    }
    // Text sees the picture before it; pictures that follow one another are seen together.
    for (int i = seen.size() - 2; i >= 0; i--) {
      Seen next = seen.get(i + 1);
      boolean together = seen.get(i).from() == next.from() - 1;
      seen.set(i, seen.get(i).until(together ? next.to() : next.from()));
    }
    return new Crossed(seen, lasting(images));
  }

  private Map<String, HostTensor> lasting(StudyImages images) {
    Map<String, HostTensor> lasting = new LinkedHashMap<>();
    for (String name : crossed) {
      List<HostTensor.Floats> parts = new ArrayList<>();
      for (int image = 0; image < images.layouts().size(); image++) {
        if (!(images.features().other(image, name) instanceof HostTensor.Floats part)
            || part.shape().length != 4
            || part.shape()[2] != images.features().rowsOf(image)) {
          throw new ModelFormatException("vision_encoder: " + name, "missing, or not [1, h, n, d]");
        }
        parts.add(part);
      }
      lasting.put(name, joined(parts));
    }
    return lasting;
  }

  /** The pictures' [1, heads, states, dimension] one after another along the states. */
  private static HostTensor.Floats joined(List<HostTensor.Floats> parts) {
    HostTensor.Floats first = parts.getFirst();
    if (parts.size() == 1) {
      return first;
    }
    int heads = Math.toIntExact(first.shape()[1]);
    int values = parts.stream().mapToInt(part -> part.values().length).sum();
    float[] all = new float[values];
    int to = 0;
    for (int head = 0; head < heads; head++) {
      for (HostTensor.Floats part : parts) {
        int length = part.values().length / heads;
        System.arraycopy(part.values(), head * length, all, to, length);
        to += length;
      }
    }
    long width = first.shape()[3];
    return new HostTensor.Floats(all, 1, heads, values / heads / width, width);
  }

  /**
   * One picture.
   *
   * @param from the first token that sees it
   * @param to the first token after those
   * @param states what the vision encoder made of its tiles, empty ones too
   * @param filled how many of those are of tiles with something on them
   */
  private record Seen(int from, int to, int states, int filled) {

    Seen until(int end) {
      return new Seen(from, end, states, filled);
    }

    boolean by(int token) {
      return token >= from && token < to;
    }
  }

  /** Who sees what, for each token. */
  private record Crossed(List<Seen> seen, Map<String, HostTensor> lasting)
      implements TokenSequence {

    @Override
    public long position(int axis, int index) {
      return index;
    }

    @Override
    public HostTensor input(String name, int batch, int from, int count) {
      return switch (name) {
        case MASK -> mask(batch, from, count);
        case SEEING -> seeing(batch, from, count);
        default -> throw new IllegalStateException("this sequence has no input " + name);
      };
    }

    /** Added to the scores; a token that sees nothing at all is left out by the other mask. */
    private HostTensor mask(int batch, int from, int count) {
      int states = seen.stream().mapToInt(Seen::states).sum();
      float[] values = new float[batch * count * states];
      for (int i = 0; i < batch * count; i++) {
        int token = from + i % count;
        int at = i * states;
        if (seen.stream().noneMatch(picture -> picture.by(token))) {
          continue;
        }
        for (Seen picture : seen) {
          int visible = picture.by(token) ? picture.filled() : 0;
          Arrays.fill(values, at + visible, at + picture.states(), -Float.MAX_VALUE);
          at += picture.states();
        }
      }
      return new HostTensor.Floats(values, batch, 1, count, states);
    }

    private HostTensor seeing(int batch, int from, int count) {
      float[] values = new float[batch * count];
      for (int i = 0; i < values.length; i++) {
        int token = from + i % count;
        values[i] = seen.stream().anyMatch(picture -> picture.by(token)) ? 1 : 0;
      }
      return new HostTensor.Floats(values, batch, 1, count, 1);
    }
  }
}

package io.overread.vlm;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.family.Attention;
import io.overread.vlm.family.ModelFamily;
import io.overread.vlm.family.StudyImages;
import io.overread.vlm.model.HubConfig;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.StatedRegions;
import io.overread.vlm.onnx.Decoder;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.onnx.ImageFeatures;
import io.overread.vlm.onnx.KeyValueCache;
import io.overread.vlm.onnx.MapsOutput;
import io.overread.vlm.onnx.OnnxRuntime;
import io.overread.vlm.onnx.PromptEncoder;
import io.overread.vlm.onnx.TokenEmbedding;
import io.overread.vlm.onnx.VisionEncoder;
import io.overread.vlm.onnx.VisionTensors;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The sessions, and how text and image features are joined in front of the decoder. */
record ModelGraphs(
    VisionEncoder vision,
    TokenEmbedding embedding,
    @Nullable PromptEncoder encoder,
    Decoder decoder,
    ModelFamily family)
    implements AutoCloseable {

  static ModelGraphs open(OnnxRuntime runtime, ModelFolder folder, ModelFamily family) {
    HubConfig config = folder.config();
    StatedRegions regions = folder.manifest().regions();
    VisionEncoder vision =
        VisionEncoder.open(
            runtime,
            folder.graphs().visionEncoder(),
            new VisionTensors(
                family.featuresOutput(),
                family.visionInputs(),
                family.visionOutputs(),
                regions == null
                    ? null
                    : new MapsOutput(regions.output(), regions.findings().size())));
    TokenEmbedding embedding = null;
    PromptEncoder encoder = null;
    Decoder decoder = null;
    try {
      embedding = TokenEmbedding.open(runtime, folder.graphs().tokenEmbedding());
      encoder = promptEncoder(runtime, folder, family);
      decoder =
          Decoder.open(
              runtime,
              folder.graphs().decoder(),
              config.cacheShape(),
              encoder == null ? family.decoderInputs() : PromptEncoder.DECODER_INPUTS);
      ModelGraphs graphs = new ModelGraphs(vision, embedding, encoder, decoder, family);
      graphs.requireOneWidth(folder);
      return graphs;
    } catch (RuntimeException e) {
      vision.close();
      if (embedding != null) {
        embedding.close();
      }
      if (encoder != null) {
        encoder.close();
      }
      if (decoder != null) {
        decoder.close();
      }
      throw e;
    }
  }

  private static @Nullable PromptEncoder promptEncoder(
      OnnxRuntime runtime, ModelFolder folder, ModelFamily family) {
    if (family.answerStart().length == 0) {
      return null;
    }
    Path file = folder.graphs().promptEncoder();
    if (file == null) {
      throw new ModelFormatException("onnx/encoder_model.onnx", "the file is missing");
    }
    return PromptEncoder.open(runtime, file);
  }

  private void requireOneWidth(ModelFolder folder) {
    int hidden = folder.config().hiddenSize();
    int vocabulary = folder.config().vocabulary();
    Path decoderFile = folder.graphs().decoder();
    require(vision.hiddenSize(), hidden, folder.graphs().visionEncoder(), "image_features");
    require(embedding.hiddenSize(), hidden, folder.graphs().tokenEmbedding(), "inputs_embeds");
    require(decoder.hiddenSize(), hidden, decoderFile, "inputs_embeds");
    require(decoder.vocabulary(), vocabulary, decoderFile, "logits");
  }

  private static void require(long actual, long stated, Path file, String tensor) {
    if (actual > 0 && stated > 0 && actual != stated) {
      throw new ModelFormatException(
          file.getFileName() + ": " + tensor,
          "last dimension is " + actual + ", config.json says " + stated);
    }
  }

  /** Whether the start of a prompt can be read before its end is known. */
  boolean sharesPrefixes() {
    return family.attention() != Attention.WHOLE_PROMPT || !decoder.takes("token_type_ids");
  }

  /** Embeddings of a prompt, image tokens replaced by the features in their order. */
  float[] merged(int[] ids, ImageFeatures features) {
    if (!family.mergesFeatures()) {
      return embedding.embed(ids);
    }
    int imageToken = family.imageToken();
    if (embedding.joins()) {
      requireRows(ids, features);
      return embedding.embed(ids, features.toArray());
    }
    // Some families' image token lies beyond the table: what is replaced anyway is embedded as 0.
    float[] embeds =
        embedding.embed(Arrays.stream(ids).map(id -> id == imageToken ? 0 : id).toArray());
    int width = embeds.length / ids.length;
    if (width != features.width()) {
      throw new ModelFormatException(
          "vision_encoder: image_features",
          "rows of " + features.width() + " numbers, embeddings have " + width);
    }
    requireRows(ids, features);
    int row = 0;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == imageToken) {
        features.copyRow(row++, embeds, i * width);
      }
    }
    return embeds;
  }

  private void requireRows(int[] ids, ImageFeatures features) {
    int imageToken = family.imageToken();
    long tokens = Arrays.stream(ids).filter(id -> id == imageToken).count();
    if (tokens != features.rows()) {
      throw new ModelFormatException(
          "chat_template", tokens + " image tokens for " + features.rows() + " rows of features");
    }
  }

  /** The cache of a prompt's start, which may be empty. */
  KeyValueCache prefill(int[] ids, StudyImages images) {
    KeyValueCache none = decoder.empty(family.sequence(ids, ids.length, images));
    if (ids.length == 0) {
      return none;
    }
    try (none) {
      return decoder.run(merged(ids, images.features()), ids.length, none, 1, true).present();
    }
  }

  /**
   * Runs a prompt to its end: only what follows the study's prefix, where the prompt starts with
   * it.
   *
   * @param promptLength how many of the ids are the prompt, the rest an answer's
   */
  DecoderStep start(OnnxStudy study, int[] ids, int promptLength) {
    if (study.startsPrompt(ids)) {
      int[] rest = Arrays.copyOfRange(ids, study.prefixLength(), ids.length);
      return decoder.run(embedding.embed(rest), rest.length, study.prefixCache(), 1, false);
    }
    if (encoder != null) {
      return begin(encoder, study.studyImages(), ids, promptLength);
    }
    StudyImages images = study.studyImages();
    try (KeyValueCache none = decoder.empty(family.sequence(ids, promptLength, images))) {
      return decoder.run(merged(ids, images.features()), ids.length, none, 1, true);
    }
  }

  /** Another graph reads the prompt; the decoder runs what is written so far. */
  private DecoderStep begin(PromptEncoder reader, StudyImages images, int[] ids, int promptLength) {
    float[] prompt = merged(Arrays.copyOf(ids, promptLength), images.features());
    int[] first = family.answerStart();
    int[] written = Arrays.copyOf(first, first.length + ids.length - promptLength);
    System.arraycopy(ids, promptLength, written, first.length, ids.length - promptLength);
    try (KeyValueCache none = decoder.empty(reader.read(prompt, promptLength))) {
      return decoder.run(embedding.embed(written), written.length, none, 1, true);
    }
  }

  @Override
  public void close() {
    vision.close();
    embedding.close();
    if (encoder != null) {
      encoder.close();
    }
    decoder.close();
  }
}

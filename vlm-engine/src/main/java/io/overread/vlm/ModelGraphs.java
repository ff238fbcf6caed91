package io.overread.vlm;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.model.HubConfig;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.StatedRegions;
import io.overread.vlm.onnx.Decoder;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.onnx.ImageFeatures;
import io.overread.vlm.onnx.KeyValueCache;
import io.overread.vlm.onnx.MapsOutput;
import io.overread.vlm.onnx.OnnxRuntime;
import io.overread.vlm.onnx.TokenEmbedding;
import io.overread.vlm.onnx.VisionEncoder;
import java.nio.file.Path;

/** The three sessions, and how text and image features are joined in front of the decoder. */
record ModelGraphs(VisionEncoder vision, TokenEmbedding embedding, Decoder decoder, int imageToken)
    implements AutoCloseable {

  static ModelGraphs open(OnnxRuntime runtime, ModelFolder folder) {
    HubConfig config = folder.config();
    StatedRegions regions = folder.manifest().regions();
    VisionEncoder vision =
        VisionEncoder.open(
            runtime,
            folder.graphs().visionEncoder(),
            regions == null ? null : new MapsOutput(regions.output(), regions.findings().size()));
    TokenEmbedding embedding = null;
    Decoder decoder = null;
    try {
      embedding = TokenEmbedding.open(runtime, folder.graphs().tokenEmbedding());
      decoder =
          Decoder.open(
              runtime, folder.graphs().decoder(), config.cacheShape(), config.firstPosition());
      ModelGraphs graphs = new ModelGraphs(vision, embedding, decoder, config.imageToken());
      graphs.requireOneWidth(folder);
      return graphs;
    } catch (RuntimeException e) {
      vision.close();
      if (embedding != null) {
        embedding.close();
      }
      if (decoder != null) {
        decoder.close();
      }
      throw e;
    }
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

  /** Embeddings of a whole prompt, image tokens replaced by the features in their order. */
  float[] merged(int[] ids, ImageFeatures features) {
    float[] embeds = embedding.embed(ids);
    int width = embeds.length / ids.length;
    if (width != features.width()) {
      throw new ModelFormatException(
          "vision_encoder: image_features",
          "rows of " + features.width() + " numbers, embeddings have " + width);
    }
    int row = 0;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == imageToken) {
        features.copyRow(row++, embeds, i * width);
      }
    }
    if (row != features.rows()) {
      throw new ModelFormatException(
          "chat_template", row + " image tokens for " + features.rows() + " rows of features");
    }
    return embeds;
  }

  /** The cache of a prompt's start. */
  KeyValueCache prefill(int[] ids, ImageFeatures features) {
    try (KeyValueCache none = decoder.empty()) {
      return decoder.run(merged(ids, features), ids.length, none, 1, true).present();
    }
  }

  /**
   * Runs a prompt to its end: only what follows the study's prefix, where the prompt starts with
   * it.
   */
  DecoderStep start(OnnxStudy study, int[] ids) {
    if (study.startsPrompt(ids)) {
      int[] rest = java.util.Arrays.copyOfRange(ids, study.prefixLength(), ids.length);
      return decoder.run(embedding.embed(rest), rest.length, study.prefixCache(), 1, false);
    }
    try (KeyValueCache none = decoder.empty()) {
      return decoder.run(merged(ids, study.features()), ids.length, none, 1, true);
    }
  }

  @Override
  public void close() {
    vision.close();
    embedding.close();
    decoder.close();
  }
}

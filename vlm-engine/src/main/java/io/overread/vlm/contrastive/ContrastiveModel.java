package io.overread.vlm.contrastive;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.image.PixelTensor;
import io.overread.vlm.model.Calibration;
import io.overread.vlm.model.ContrastiveFolder;
import io.overread.vlm.model.ModelFault;
import io.overread.vlm.model.ModelIdentity;
import io.overread.vlm.onnx.ContrastiveGraph;
import io.overread.vlm.onnx.OnnxRuntime;
import io.overread.vlm.text.ModelTokenizer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * CLIP and its kin: a text and an image get a number that says how well they fit. CLIP (arXiv
 * 2103.00020) and BiomedCLIP (2303.00915) were trained to tell the fitting text from others, so
 * that only differences between texts mean something; SigLIP (2303.15343) and MedSigLIP to judge
 * each pair alone. Immutable, safe for many threads.
 */
public final class ContrastiveModel implements AutoCloseable {

  private final ContrastiveFolder folder;
  private final ModelIdentity identity;
  private final ModelTokenizer tokenizer;
  private final ContrastiveGraph graph;
  private final TextBatch texts;
  private final String runsOn;

  private ContrastiveModel(
      ContrastiveFolder folder, ModelTokenizer tokenizer, ContrastiveGraph graph, String runsOn) {
    this.runsOn = runsOn;
    this.folder = folder;
    this.identity = folder.identity();
    this.tokenizer = tokenizer;
    this.graph = graph;
    this.texts = TextBatch.of(folder, tokenizer);
  }

  /**
   * Loads a folder in the hub layout; reaches for no network.
   *
   * @throws ModelFormatException naming the file or tensor at fault
   */
  public static ContrastiveModel load(Path folder, EngineSettings settings) {
    OnnxRuntime runtime =
        OnnxRuntime.start(
            settings.provider(), settings.threads(), settings.nativeFolder(), settings.gpu());
    ContrastiveFolder files = ContrastiveFolder.read(folder, runtime.provider());
    for (ModelFault fault : files.compareDigests()) {
      throw new ModelFormatException(fault.subject(), fault.problem());
    }
    return compared(files, settings, runtime);
  }

  /** Loads files whose digests are those that their folder states. */
  static ContrastiveModel compared(
      ContrastiveFolder files, EngineSettings settings, OnnxRuntime runtime) {
    ModelTokenizer tokenizer = ModelTokenizer.open(files.tokenizerFile(), settings.nativeFolder());
    ContrastiveGraph graph = null;
    try {
      graph = ContrastiveGraph.open(runtime, files.graph());
      return new ContrastiveModel(files, tokenizer, graph, runtime.device());
    } catch (RuntimeException e) {
      tokenizer.close();
      if (graph != null) {
        graph.close();
      }
      throw e;
    }
  }

  /** Which model it is. */
  public ModelIdentity identity() {
    return identity;
  }

  /** Where it runs, in the words of {@code VisionLanguageModel.runsOn()}. */
  public String runsOn() {
    return runsOn;
  }

  /** About the most memory that a run over so many texts takes beside the weights, in bytes. */
  public long runBytes(int sentences) {
    return folder.sizes().runBytes(sentences);
  }

  /**
   * Refuses texts that it could not read, before there is an image.
   *
   * @throws PromptTooLongException if one is longer than the model reads
   */
  public void requireReadable(List<String> sentences) {
    texts.tokens(sentences);
  }

  /** Whether its folder states digests, which then were compared. */
  boolean statesDigests() {
    return folder.statesDigests();
  }

  /** From log odds to probabilities, by a finding's question; as they come unless stated. */
  public Calibration calibration() {
    return folder.calibration();
  }

  /** Whether a text can be judged without others beside it, see {@link #probabilities}. */
  public boolean judgesPairs() {
    return folder.judgesPairs();
  }

  /**
   * How well each text fits the image, in the order of the texts; scaled, and shifted in SigLIP, as
   * in training.
   *
   * @throws IllegalArgumentException without a text
   * @throws PromptTooLongException if a text is longer than the model reads
   */
  public float[] logits(BufferedImage image, List<String> sentences) {
    if (sentences.isEmpty()) {
      throw new IllegalArgumentException("at least one text");
    }
    PixelTensor pixels = folder.preprocessor().prepare(image);
    TextBatch.Tokens tokens = texts.tokens(sentences);
    return graph.logits(
        pixels.values(),
        pixels.height(),
        pixels.width(),
        tokens.ids(),
        tokens.mask(),
        sentences.size());
  }

  /**
   * Zero-shot classification: the probability of each text, uncalibrated. Of CLIP they add up to 1
   * over the texts given; of SigLIP each stands alone.
   */
  public double[] probabilities(BufferedImage image, List<String> sentences) {
    float[] logits = logits(image, sentences);
    double[] probabilities = new double[logits.length];
    if (judgesPairs()) {
      for (int i = 0; i < logits.length; i++) {
        probabilities[i] = 1 / (1 + Math.exp(-logits[i]));
      }
      return probabilities;
    }
    double highest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      highest = Math.max(highest, logit);
    }
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i] - highest);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  /** Frees the graph and the tokenizer. */
  @Override
  public void close() {
    graph.close();
    tokenizer.close();
  }
}

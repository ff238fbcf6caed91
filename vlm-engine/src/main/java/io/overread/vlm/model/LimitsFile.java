package io.overread.vlm.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what was fitted into a folder's {@code overread.json}, and leaves the rest of it as it is.
 * The file's digest is part of the model's identity: with other limits it is another model.
 */
public final class LimitsFile {

  private LimitsFile() {}

  /** Replaces {@code limits.answers} and {@code limits.image_dependence} by what is not null. */
  public static void write(
      Path folder,
      @Nullable AnswerCalibration answers,
      @Nullable Double sentenceShift,
      @Nullable Double answerShift,
      @Nullable Double findingShift) {
    Path file = folder.resolve(ModelManifest.FILE);
    try {
      JsonMapper mapper = JsonMapper.shared();
      ObjectNode root = (ObjectNode) mapper.readTree(Files.readAllBytes(file));
      ObjectNode limits = child(root, "limits");
      if (answers != null) {
        ObjectNode node = child(limits, "answers");
        node.put("bias", answers.bias());
        node.put("mean_log_probability", answers.mean());
        node.put("variance", answers.variance());
        node.put("image_shift", answers.shift());
        node.put("threshold", answers.threshold());
      }
      ObjectNode dependence = child(limits, "image_dependence");
      if (sentenceShift != null) {
        dependence.put("sentence_shift", sentenceShift);
      }
      if (answerShift != null) {
        dependence.put("answer_shift", answerShift);
      }
      if (findingShift != null) {
        dependence.put("finding_shift", findingShift);
      }
      Files.writeString(
          file,
          mapper.writer().with(asPythonWrites()).writeValueAsString(root) + "\n",
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written: " + e.getMessage(), e);
    }
  }

  /** As the training's {@code json.dumps} with an indent of two, so that little else changes. */
  private static PrettyPrinter asPythonWrites() {
    DefaultIndenter line = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""))
        .withArrayIndenter(line)
        .withObjectIndenter(line);
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    JsonNode present = parent.get(name);
    return present instanceof ObjectNode object ? object : parent.putObject(name);
  }
}

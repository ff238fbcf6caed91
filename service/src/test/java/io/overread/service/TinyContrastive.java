package io.overread.service;

import io.overread.vlm.finding.FindingCatalogues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The engine's tiny SigLIP, random weights, as a folder of its own.
 *
 * @param folder where it lies
 */
public record TinyContrastive(Path folder) {
  /** Where the engine's tests keep it; without a calibration. */
  public static final Path SHIPPED =
      Path.of("..", "vlm-engine", "src/test/resources/io/overread/vlm/contrastive/siglip");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Copies it to a folder that is not there yet. */
  public static TinyContrastive copyTo(Path folder) throws IOException {
    for (Path file : files(SHIPPED)) {
      Path target = folder.resolve(SHIPPED.relativize(file).toString());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.copy(file, target);
    }
    return new TinyContrastive(folder);
  }

  /** Gives it an {@code overread.json} with its digests and a line for one finding. */
  public TinyContrastive calibratedFor(String finding) throws IOException {
    String question =
        FindingCatalogues.shipped().forStudy("DX", "CHEST").findings().stream()
            .filter(each -> each.id().equals(finding))
            .findFirst()
            .orElseThrow()
            .question();
    ObjectNode manifest = JSON.createObjectNode().put("name", "tiny-siglip").put("version", "1");
    ObjectNode digests = manifest.putObject("files");
    for (Path file : files(folder)) {
      digests.put(folder.relativize(file).toString(), sha256(file));
    }
    manifest
        .putObject("calibration")
        .putObject("by_question")
        .putObject(question)
        .put("scale", 0.1)
        .put("bias", 0.5);
    Files.writeString(folder.resolve("overread.json"), manifest.toString());
    return this;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

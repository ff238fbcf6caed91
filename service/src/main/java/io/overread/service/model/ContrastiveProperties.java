package io.overread.service.model;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of contrastive models, {@code overread.contrastive.*}.
 *
 * @param models each beside one or several of the models that draft
 */
@Validated
@ConfigurationProperties("overread.contrastive")
public record ContrastiveProperties(@DefaultValue List<@Valid Entry> models) {

  /** Keeps its own copy. */
  public ContrastiveProperties {
    models = List.copyOf(models);
  }

  /**
   * One of them.
   *
   * @param folder with {@code onnx/model.onnx}
   * @param weight of its calibrated probabilities beside the drafting model's; 0 only shows them
   * @param beside names of models that draft; empty for each that has no other one beside it
   */
  public record Entry(
      Path folder,
      @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double weight,
      @DefaultValue List<String> beside) {

    /** Keeps its own copy, without blanks. */
    public Entry {
      beside = beside.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
    }
  }
}

package io.overread.gateway.dicomweb;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of DICOMweb, {@code overread.dicomweb.*}.
 *
 * @param publicUrl how clients reach {@code /dicomweb} where a proxy is before the service, without
 *     a slash at its end; empty for what each request says
 * @param largestInstance bytes of one instance, or one piece of bulk data, that STOW-RS takes
 * @param mostParts how many instances one STOW-RS request may have
 * @param mostResults how many results a QIDO-RS answer holds at most
 */
@Validated
@ConfigurationProperties("overread.dicomweb")
public record DicomwebProperties(
    @NotNull @Pattern(regexp = "(https?://[^?#\\s]*[^/?#\\s])?") @DefaultValue("") String publicUrl,
    @NotNull @DefaultValue("4GB") DataSize largestInstance,
    @Min(1) @Max(1_000_000) @DefaultValue("20000") int mostParts,
    @Min(1) @Max(10_000) @DefaultValue("1000") int mostResults) {}

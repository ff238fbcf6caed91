package io.overread.gateway.capacity;

import io.overread.gateway.instance.Acknowledgement;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much is taken in, {@code overread.capacity.*}.
 *
 * @param acknowledge when a peer is told that its instance is stored
 */
@Validated
@ConfigurationProperties("overread.capacity")
public record CapacityProperties(@NotNull @DefaultValue("durable") Acknowledgement acknowledge) {}

package io.overread.gateway.toolkit;

import io.overread.dicom.toolkit.OwnToolkit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code overread.dicom.*}.
 *
 * @param toolkit the name of the toolkit that listens and sends
 */
@ConfigurationProperties("overread.dicom")
public record ToolkitProperties(@DefaultValue(OwnToolkit.NAME) String toolkit) {}

package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.study.Series;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/**
 * A frame the model reads.
 *
 * @param frame from 1
 * @param window what the window is called that it was rendered with; null for the image's own
 * @param reason why this one, for people
 * @param image as rendered, 8 bits gray or RGB
 */
record SelectedFrame(
    StoredInstance instance,
    Series series,
    int frame,
    @Nullable String window,
    String reason,
    BufferedImage image) {}

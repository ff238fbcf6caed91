package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.study.Series;
import java.awt.image.BufferedImage;

/**
 * A frame the model reads.
 *
 * @param frame from 1
 * @param image as rendered, 8 bits gray or RGB
 */
record SelectedFrame(StoredInstance instance, Series series, int frame, BufferedImage image) {}

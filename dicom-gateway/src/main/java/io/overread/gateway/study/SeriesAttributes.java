package io.overread.gateway.study;

import org.jspecify.annotations.Nullable;

/**
 * What the first instance said of its series (PS3.3 C.7.3.1).
 *
 * @param modality Modality (0008,0060)
 * @param seriesNumber Series Number (0020,0011)
 * @param seriesDescription Series Description (0008,103E)
 * @param anatomy what was imaged, and from where
 * @param equipment what imaged it
 */
public record SeriesAttributes(
    @Nullable String modality,
    @Nullable Integer seriesNumber,
    @Nullable String seriesDescription,
    Anatomy anatomy,
    Equipment equipment) {

  /**
   * Body part and view.
   *
   * @param bodyPartExamined Body Part Examined (0018,0015)
   * @param laterality Laterality (0020,0060), or Image Laterality (0020,0062)
   * @param viewPosition View Position (0018,5101)
   */
  public record Anatomy(
      @Nullable String bodyPartExamined,
      @Nullable String laterality,
      @Nullable String viewPosition) {}

  /**
   * The maker of the device (PS3.3 C.7.5.1).
   *
   * @param manufacturer Manufacturer (0008,0070)
   * @param manufacturerModelName Manufacturer's Model Name (0008,1090)
   */
  public record Equipment(@Nullable String manufacturer, @Nullable String manufacturerModelName) {}
}

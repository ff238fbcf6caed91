package io.overread.vlm.evaluate;

import java.util.List;

/**
 * Sentences written for measuring the guards of words: the shipped model writes none that they
 * object to, larger ones do.
 */
final class WrittenSentences {

  /** Of a change in time. */
  static final List<String> CHANGE =
      List.of(
          "The effusion has increased.",
          "Unchanged cardiomegaly.",
          "There is a new opacity in the lower zone.",
          "Compared with the prior examination the nodule is larger.",
          "Interval development of a pleural effusion.",
          "The infiltrate has resolved.",
          "No significant change since the previous study.",
          "The pneumothorax is smaller than on the previous radiograph.",
          "Stable postoperative appearance.",
          "The mass is again seen in the upper lobe.",
          "Worsening pulmonary edema.",
          "Improved aeration of the lung bases.",
          "The consolidation persists.",
          "The previously described nodule is no longer visible.",
          "Lines and tubes remain in place.",
          "Newly appeared atelectasis.",
          "In comparison to the last CT the lesion has grown.",
          "Follow-up shows progression of disease.");

  /** None, though the words are near. */
  static final List<String> NO_CHANGE =
      List.of(
          "There is increased density in the right lower lobe.",
          "Increased interstitial markings.",
          "The lungs are clear.",
          "Decreased attenuation of the liver.",
          "A newborn's chest is shown.",
          "The heart is enlarged.",
          "There is a focal lesion with a benign appearance.",
          "Increased signal intensity in the white matter.",
          "No pneumothorax.",
          "Degenerative changes of the spine.",
          "The mediastinum is not widened.",
          "Patchy opacities in both lungs.");

  /** Of a length, an area or a density. */
  static final List<String> MEASUREMENT =
      List.of(
          "A nodule of 8 mm in the upper lobe.",
          "The mass measures 3.5 x 2.8 cm.",
          "There is a 12mm lesion.",
          "The lesion is two centimeters wide.",
          "Cardiothoracic ratio is 0.6.",
          "The cyst has a density of 10 HU.",
          "A 4 cm aneurysm of the aorta.",
          "Cobb angle of 25 degrees.",
          "The effusion holds some 500 ml.",
          "Biparietal diameter of 92 millimetres.",
          "A stone of 0,5 cm.",
          "Midline shift of 7-mm.");

  /** None, though there are numbers. */
  static final List<String> NO_MEASUREMENT =
      List.of(
          "T1-weighted contrast-enhanced MRI of the brain.",
          "There are two nodules in the lung.",
          "The fourth ventricle is normal.",
          "Degenerative changes at L4 and L5.",
          "Several small lesions.",
          "Frontal chest radiograph, PA view.",
          "Fracture of the 7th rib.",
          "A large mass is seen.");

  /** Of the left side. */
  static final List<String> LEFT =
      List.of(
          "There is a left-sided pleural effusion.",
          "Fracture of the left fifth finger.",
          "Mass in the left breast.",
          "Opacity in the left lower lobe.",
          "The left hip joint is narrowed.",
          "Bilateral effusions.");

  /** Of no side. */
  static final List<String> NO_SIDE =
      List.of(
          "There is a pleural effusion.",
          "The heart is not enlarged.",
          "The lesion is suspicious for malignancy.",
          "No fracture is seen.",
          "Fluid that is left over is not seen.");

  private WrittenSentences() {}
}

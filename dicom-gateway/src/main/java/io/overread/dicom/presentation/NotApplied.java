package io.overread.dicom.presentation;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.pixel.LookupTables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names what a state asks for and isn't done, for the reader of the image. */
final class NotApplied {
  private static final List<String> SHAPES =
      List.of("RECTANGULAR", "CIRCULAR", "POLYGONAL", "BITMAP");
  private static final int FIRST_CURVE = 0x5000_1001;
  private static final int LAST_CURVE = 0x501e_1001;
  private static final int NEXT_GROUP = 0x0002_0000;

  private NotApplied() {}

  static List<String> of(DataSet dataSet) {
    Set<String> named = new LinkedHashSet<>();
    if (dataSet.contains(Tag.MaskSubtractionSequence)) {
      named.add("mask subtraction");
    }
    for (int tag = FIRST_CURVE; tag <= LAST_CURVE; tag += NEXT_GROUP) {
      if (dataSet.contains(tag)) {
        named.add("curves");
      }
    }
    for (DataSet area : dataSet.items(Tag.DisplayedAreaSelectionSequence)) {
      String mode = area.string(Tag.PresentationSizeMode).orElse("");
      if (mode.equals("TRUE SIZE") || mode.equals("MAGNIFY")) {
        named.add("size mode " + mode + ": the area is scaled to fit");
      }
    }
    if (!SpatialTransformation.isRightAngle(dataSet.integer(Tag.ImageRotation).orElse(0))) {
      named.add("a rotation by other than right angles");
    }
    if (!SHAPES.containsAll(dataSet.strings(Tag.ShutterShape))) {
      named.add("a shutter of unknown shape");
    }
    named.addAll(unreadableTables(dataSet));
    AnnotationReader annotations = new AnnotationReader();
    dataSet.items(Tag.GraphicAnnotationSequence).forEach(annotations::read);
    named.addAll(annotations.notApplied());
    return List.copyOf(named);
  }

  private static List<String> unreadableTables(DataSet dataSet) {
    List<String> named = new ArrayList<>();
    if (dataSet.contains(Tag.ModalityLUTSequence)
        && LookupTables.modality(dataSet, false).isEmpty()) {
      named.add("a Modality LUT that cannot be read");
    }
    for (DataSet item : dataSet.items(Tag.SoftcopyVOILUTSequence)) {
      if (LookupTables.voi(item, false).isEmpty()) {
        named.add("a VOI LUT that cannot be read");
      }
    }
    dataSet
        .item(Tag.PresentationLUTSequence)
        .filter(item -> LookupTables.readable(item).isEmpty())
        .ifPresent(item -> named.add("a Presentation LUT that cannot be read"));
    return named;
  }
}

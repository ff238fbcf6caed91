package io.overread.gateway.result;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.instance.StoredInstance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What a report's objects take over from the study: the attributes of patient and study as an image
 * of it has them, and the images that are referred to.
 *
 * @param header of the first image
 * @param images the first is the one that is shown
 */
record SourceStudy(DataSet header, List<Image> images) {

  /** Of the patient and the study (PS3.3 C.7.1.1, C.7.2.1, C.7.2.2), as they stand. */
  private static final int[] COPIED = {
    Tag.PatientName,
    Tag.PatientID,
    Tag.IssuerOfPatientID,
    Tag.PatientBirthDate,
    Tag.PatientSex,
    Tag.PatientAge,
    Tag.PatientSize,
    Tag.PatientWeight,
    Tag.StudyInstanceUID,
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.ReferringPhysicianName,
    Tag.StudyID,
    Tag.AccessionNumber,
    Tag.StudyDescription,
    Tag.TimezoneOffsetFromUTC
  };

  /** There even where they are not known (type 2). */
  private static final int[] REQUIRED = {
    Tag.PatientName,
    Tag.PatientID,
    Tag.PatientBirthDate,
    Tag.PatientSex,
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.ReferringPhysicianName,
    Tag.StudyID,
    Tag.AccessionNumber
  };

  SourceStudy {
    images = List.copyOf(images);
  }

  /**
   * A stored image that the report refers to.
   *
   * @param frames how many it has
   */
  record Image(
      String sopInstanceUid, String seriesInstanceUid, String sopClassUid, int frames, Path path) {

    static Image of(StoredInstance instance) {
      return new Image(
          instance.sopInstanceUid(),
          instance.seriesInstanceUid(),
          instance.sopClassUid(),
          instance.numberOfFrames(),
          instance.path());
    }

    /** The item of a Referenced SOP Sequence (PS3.3 10.8). */
    DataSet reference(Repertoire repertoire) {
      return repertoire
          .item()
          .putString(Tag.ReferencedSOPClassUID, sopClassUid)
          .putString(Tag.ReferencedSOPInstanceUID, sopInstanceUid);
    }
  }

  /**
   * Reads the header of the first image.
   *
   * @throws IOException when its file can't be read
   * @throws DicomFormatException when its header is damaged
   */
  static SourceStudy read(List<StoredInstance> instances) throws IOException {
    List<Image> images = instances.stream().map(Image::of).toList();
    return new SourceStudy(DicomFile.openHeader(images.getFirst().path()).dataSet(), images);
  }

  Image shown() {
    return images.getFirst();
  }

  Image image(String sopInstanceUid) {
    return images.stream()
        .filter(image -> image.sopInstanceUid().equals(sopInstanceUid))
        .findFirst()
        .orElseThrow();
  }

  /** The zone of the study's dates and times, in which ours have to be too (PS3.3 C.12.1). */
  ZoneId zone() {
    try {
      return header
          .string(Tag.TimezoneOffsetFromUTC)
          .<ZoneId>map(ZoneOffset::of)
          .orElseGet(ZoneId::systemDefault);
    } catch (DateTimeException noOffset) {
      return ZoneId.systemDefault();
    }
  }

  /** A new object of the same patient and study. */
  DataSet newObject(Repertoire repertoire) {
    DataSet object = repertoire.dataSet();
    boolean same = repertoire.characterSet().equals(header.characterSet());
    for (int tag : COPIED) {
      header.find(tag).ifPresent(element -> copy(element, same, object));
    }
    for (int tag : REQUIRED) {
      if (!object.contains(tag)) {
        object.putEmpty(tag);
      }
    }
    return object;
  }

  /** Byte for byte where both are of one repertoire: what can't be read in it stays as it is. */
  private void copy(Element element, boolean same, DataSet object) {
    if (same && element.vr() != Vr.UN) {
      object.put(element);
    } else {
      object.putString(element.tag(), header.strings(element.tag()).toArray(String[]::new));
    }
  }
}

package io.overread.gateway.result;

import io.overread.dicom.dictionary.Uid;

/** The objects that a report is sent as. */
public enum ResultKind {
  /** Comprehensive 3D SR by TID 1500 (PS3.3 A.35.13, IHE AIR). */
  SR(Uid.Comprehensive3DSRStorage, "SR", 9001),
  /** Encapsulated PDF (PS3.3 A.45.1). */
  PDF(Uid.EncapsulatedPDFStorage, "DOC", 9002),
  /** Secondary Capture Image (PS3.3 A.8.1). */
  SC(Uid.SecondaryCaptureImageStorage, "OT", 9003);

  private final String sopClassUid;
  private final String modality;
  private final int seriesNumber;

  ResultKind(String sopClassUid, String modality, int seriesNumber) {
    this.sopClassUid = sopClassUid;
    this.modality = modality;
    this.seriesNumber = seriesNumber;
  }

  /** SOP Class UID (0008,0016). */
  public String sopClassUid() {
    return sopClassUid;
  }

  /** Modality (0008,0060) of its series. */
  String modality() {
    return modality;
  }

  /** Series Number (0020,0011): behind those of modalities. */
  int seriesNumber() {
    return seriesNumber;
  }
}

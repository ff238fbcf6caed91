package io.overread.reporting.fhir;

import java.util.Set;
import org.hl7.fhir.r4.model.Coding;

/**
 * Modalities (0008,0060) as codings. Those that DICOM's terminology has in R4 are codes; what is
 * younger, or was made up by the peer, is shown as it came without claiming to be a code.
 */
final class Modalities {
  /** PS3.3 C.7.3.1.1.1, current and retired terms, as far as R4's copy of DCM goes. */
  private static final Set<String> CODES =
      Set.of(
          "AR",
          "AS",
          "AU",
          "BDUS",
          "BI",
          "BMD",
          "CD",
          "CF",
          "CP",
          "CR",
          "CS",
          "CT",
          "DD",
          "DF",
          "DG",
          "DM",
          "DS",
          "DX",
          "EC",
          "ECG",
          "EPS",
          "ES",
          "FA",
          "FS",
          "GM",
          "HC",
          "HD",
          "IO",
          "IVOCT",
          "IVUS",
          "KER",
          "KO",
          "LEN",
          "LP",
          "LS",
          "MA",
          "MG",
          "MR",
          "MS",
          "NM",
          "OAM",
          "OCT",
          "OP",
          "OPM",
          "OPR",
          "OPT",
          "OPV",
          "OSS",
          "OT",
          "PR",
          "PT",
          "PX",
          "REG",
          "RF",
          "RG",
          "RTDOSE",
          "RTIMAGE",
          "RTPLAN",
          "RTRECORD",
          "RTSTRUCT",
          "SEG",
          "SM",
          "SMR",
          "SR",
          "SRF",
          "ST",
          "TG",
          "US",
          "VA",
          "VF",
          "XA",
          "XC");

  private Modalities() {}

  static Coding coding(String modality) {
    return CODES.contains(modality)
        ? new Coding().setSystem(Terms.DICOM).setCode(modality)
        : new Coding().setDisplay(modality);
  }
}

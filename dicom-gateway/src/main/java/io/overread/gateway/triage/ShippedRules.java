package io.overread.gateway.triage;

import static io.overread.gateway.triage.TriageRule.notDrafted;

import java.util.List;

/**
 * The rules that hold until somebody changes them: what is no image of a patient never goes to the
 * model. DICOM has one attribute for it, Quality Control Image (0028,0300), which few devices fill
 * in; what they do instead is to name the patient, the study, the series or the protocol so.
 */
final class ShippedRules {

  static final String QUALITY_CONTROL = "quality control image";

  static final List<TriageRule> RULES =
      List.of(
          notDrafted(
              "Quality control image by its attribute",
              QUALITY_CONTROL,
              "QualityControlImage = YES"),
          notDrafted(
              "Phantom or quality control by the patient",
              QUALITY_CONTROL,
              "PatientID ~ *phantom* or PatientName ~ *phantom*"
                  + " or PatientID in (QA, QC, DAILYQA, DAILYQC)"
                  + " or PatientName in (QA, QC, DAILYQA, DAILYQC)"
                  + " or PatientID ~ QA-* or PatientID ~ QC-* or PatientID ~ QA_*"
                  + " or PatientID ~ QC_* or PatientID ~ \"QA *\" or PatientID ~ \"QC *\""
                  + " or PatientName ~ QA^* or PatientName ~ QC^* or PatientName ~ \"QA *\""
                  + " or PatientName ~ \"QC *\" or PatientName ~ *^QA or PatientName ~ *^QC"),
          notDrafted(
              "Phantom or quality control by the descriptions",
              QUALITY_CONTROL,
              "StudyDescription ~ *phantom* or SeriesDescription ~ *phantom*"
                  + " or ProtocolName ~ *phantom* or BodyPartExamined = PHANTOM"
                  + " or StudyDescription ~ \"*quality control*\""
                  + " or SeriesDescription ~ \"*quality control*\""
                  + " or ProtocolName ~ \"*quality control*\""
                  + " or StudyDescription ~ \"*quality assurance*\""
                  + " or ProtocolName ~ \"*quality assurance*\""
                  + " or StudyDescription ~ \"*daily q?*\" or SeriesDescription ~ \"*daily q?*\""
                  + " or ProtocolName ~ \"*daily q?*\" or ProtocolName in (QA, QC)"
                  + " or StudyDescription in (QA, QC)"),
          notDrafted(
              "Calibration",
              "calibration scan",
              "StudyDescription ~ *calibration* or SeriesDescription ~ *calibration*"
                  + " or ProtocolName ~ *calibration* or SeriesDescription ~ \"*air cal*\""),
          notDrafted(
              "Animal",
              "not a human patient",
              "PatientSpeciesDescription exists"
                  + " and not PatientSpeciesDescription ~ \"*homo sapiens*\""
                  + " and not PatientSpeciesDescription ~ *human*"),
          new TriageRule(
              "Marked as urgent by the orderer",
              "RequestedProcedurePriority in (STAT, HIGH)"
                  + " or RequestAttributesSequence.RequestedProcedurePriority in (STAT, HIGH)",
              TriagePriority.URGENT,
              null,
              null,
              null));

  private ShippedRules() {}
}

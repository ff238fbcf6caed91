package io.overread.reporting.fhir;

import io.overread.audit.AuditAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/**
 * What an act is called in an AuditEvent: DICOM's codes (PS3.15 A.5) for what DICOM audits, the
 * record life cycle of ISO 21089 for what becomes of a report, REST for what is read.
 *
 * @param type AuditEvent.type
 * @param subtype AuditEvent.subtype; null where the type says it all
 * @param action AuditEvent.action
 */
record AuditCodes(Coding type, @Nullable Coding subtype, AuditEventAction action) {

  static AuditCodes of(AuditAction action) {
    return switch (action) {
      case SERVICE_STARTED ->
          dicom(
              "110100", "Application Activity", "110120", "Application Start", AuditEventAction.E);
      case SERVICE_STOPPED ->
          dicom("110100", "Application Activity", "110121", "Application Stop", AuditEventAction.E);
      case INTAKE_PAUSED, INTAKE_RESUMED ->
          new AuditCodes(dcm("110100", "Application Activity"), null, AuditEventAction.E);
      case ASSOCIATION_ACCEPTED, ASSOCIATION_REFUSED ->
          dicom("110108", "Network Entry", "110124", "Attach", AuditEventAction.E);
      case INSTANCE_STORED, INSTANCE_DUPLICATE, INSTANCE_REFUSED, INSTANCE_QUARANTINED ->
          new AuditCodes(dcm("110104", "DICOM Instances Transferred"), null, AuditEventAction.C);
      case QUERY_ANSWERED, INSTANCES_SEARCHED ->
          new AuditCodes(dcm("110112", "Query"), null, AuditEventAction.E);
      case RETRIEVE_BEGUN ->
          new AuditCodes(
              dcm("110102", "Begin Transferring DICOM Instances"), null, AuditEventAction.R);
      case RETRIEVE_ENDED, INSTANCES_RETRIEVED ->
          new AuditCodes(dcm("110104", "DICOM Instances Transferred"), null, AuditEventAction.R);
      case COMMITMENT_REQUESTED, COMMITMENT_REPORTED ->
          record("archive", "Archive", AuditEventAction.E);
      case STUDY_SIGNALLED -> record("receive", "Receive/Retain", AuditEventAction.E);
      case PRIORS_FETCHED -> new AuditCodes(dcm("110107", "Import"), null, AuditEventAction.C);
      case IMAGES_DELETED ->
          new AuditCodes(dcm("110103", "DICOM Instances Accessed"), null, AuditEventAction.D);
      case IMAGES_HELD -> record("hold", "Add Legal Hold", AuditEventAction.U);
      case IMAGES_RELEASED -> record("unhold", "Remove Legal Hold", AuditEventAction.U);
      case USER_SIGNED_IN, USER_SIGN_IN_FAILED ->
          dicom("110114", "User Authentication", "110122", "Login", AuditEventAction.E);
      case USER_SIGNED_OUT ->
          dicom("110114", "User Authentication", "110123", "Logout", AuditEventAction.E);
      case USER_CREATED ->
          dicom(
              "110113",
              "Security Alert",
              "110137",
              "User Security Attributes Changed",
              AuditEventAction.C);
      case USER_PASSWORD_RESET ->
          dicom(
              "110113",
              "Security Alert",
              "110137",
              "User Security Attributes Changed",
              AuditEventAction.U);
      case STUDY_COMPLETED, STUDY_TRIAGED ->
          record("receive", "Receive/Retain", AuditEventAction.C);
      case TRIAGE_RULES_CHANGED ->
          dicom("110113", "Security Alert", "110131", "Software Configuration", AuditEventAction.U);
      case REMOTE_MODEL_ASKED, REMOTE_MODEL_ANSWERED ->
          new AuditCodes(dcm("110106", "Export"), null, AuditEventAction.R);
      case MODEL_RAN, MODEL_FAILED, MODELS_COMPARED ->
          record("transform", "Transform/Translate", AuditEventAction.E);
      case DRAFT_WRITTEN -> record("originate", "Originate/Retain", AuditEventAction.C);
      case QUESTION_ASKED -> record("access", "Access/View", AuditEventAction.E);
      case ANSWER_GIVEN -> record("report", "Report (Output)", AuditEventAction.C);
      case REPORT_ACCEPTED -> record("verify", "Verify", AuditEventAction.U);
      case REPORT_EDITED, REPORT_AMENDED -> record("amend", "Amend (Update)", AuditEventAction.U);
      case REPORT_REJECTED -> record("deprecate", "Deprecate/Retract", AuditEventAction.U);
      case REPORT_SIGNED -> record("attest", "Attest", AuditEventAction.U);
      case DELIVERY_QUEUED, DELIVERY_RESENT ->
          new AuditCodes(
              dcm("110102", "Begin Transferring DICOM Instances"), null, AuditEventAction.E);
      case DELIVERY_SENT,
          DELIVERY_COMMITTED,
          DELIVERY_RETRIED,
          DELIVERY_REFUSED,
          DELIVERY_GIVEN_UP ->
          new AuditCodes(dcm("110104", "DICOM Instances Transferred"), null, AuditEventAction.R);
      case STUDY_VIEWED, REPORT_READ ->
          new AuditCodes(
              Terms.hl7("audit-event-type", "rest", "RESTful Operation"),
              new Coding("http://hl7.org/fhir/restful-interaction", "read", "read"),
              AuditEventAction.R);
    };
  }

  private static AuditCodes dicom(
      String type, String typeDisplay, String sub, String subDisplay, AuditEventAction action) {
    return new AuditCodes(dcm(type, typeDisplay), dcm(sub, subDisplay), action);
  }

  private static AuditCodes record(String code, String display, AuditEventAction action) {
    return new AuditCodes(
        Terms.hl7("iso-21089-lifecycle", code, display + " Record Lifecycle Event"), null, action);
  }

  private static Coding dcm(String code, String display) {
    return new Coding(Terms.DICOM, code, display);
  }
}

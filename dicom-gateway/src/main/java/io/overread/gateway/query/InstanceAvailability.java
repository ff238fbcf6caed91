package io.overread.gateway.query;

/**
 * Instance Availability (0008,0056) of what is held, as expressions of SQL over {@code s}, {@code
 * r} and {@code i}. What retention deleted can't be retrieved, by no intervention: UNAVAILABLE
 * (PS3.3 C.4.23.1.1). Of several instances the least available one counts (PS3.4 C.4.1.1.3.2).
 */
public final class InstanceAvailability {

  private static final String DELETED = "x.images_deleted_at is not null";

  /** Of an instance. */
  public static final String OF_INSTANCE = inWords("i.images_deleted_at is not null");

  /** Of a series. */
  public static final String OF_SERIES =
      inWords(
          "exists (select from instance x where x.study_instance_uid = r.study_instance_uid"
              + " and x.series_instance_uid = r.series_instance_uid and "
              + DELETED
              + ")");

  /** Of a study. */
  public static final String OF_STUDY =
      inWords(
          "exists (select from instance x where x.study_instance_uid = s.study_instance_uid and "
              + DELETED
              + ")");

  /** Of all studies of a patient. */
  static final String OF_PATIENT =
      inWords(
          "exists (select from instance x join study t using (study_instance_uid)"
              + " where t.patient_id = s.patient_id"
              + " and t.issuer_of_patient_id is not distinct from s.issuer_of_patient_id and "
              + DELETED
              + ")");

  private InstanceAvailability() {}

  private static String inWords(String unavailable) {
    return "case when " + unavailable + " then 'UNAVAILABLE' else 'ONLINE' end";
  }
}

package io.overread.gateway.study;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What another system says of a study's completeness: parsed and validated, yet only as true as its
 * sender. UIDs have the characters and length of UIDs.
 */
public sealed interface StudySignal {

  /** The study that it is about. */
  String studyInstanceUid();

  /** Which instances there are, series by series: SOP Instance UIDs by Series Instance UID. */
  Map<String, Set<String>> instancesBySeries();

  /** The AE title of the sender, printable. */
  String callingAeTitle();

  /**
   * An Instance Availability Notification (PS3.4 R).
   *
   * @param availability that of the least available of its instances
   */
  record AvailabilityNotified(
      String studyInstanceUid,
      Map<String, Set<String>> instancesBySeries,
      Availability availability,
      String callingAeTitle)
      implements StudySignal {
    /** Copies the map. */
    public AvailabilityNotified {
      instancesBySeries = copy(instancesBySeries);
    }
  }

  /**
   * A Modality Performed Procedure Step ended (PS3.4 F.7). A step of several studies is one signal
   * for each; the series of all of them are told, since the step does not say whose they are.
   *
   * @param performedStepUid the SOP Instance UID of the step; a study may have several steps
   * @param end how it ended
   */
  record PerformedStepEnded(
      String studyInstanceUid,
      String performedStepUid,
      Map<String, Set<String>> instancesBySeries,
      End end,
      String callingAeTitle)
      implements StudySignal {
    /** Copies the map. */
    public PerformedStepEnded {
      instancesBySeries = copy(instancesBySeries);
    }
  }

  /** Instance Availability (0008,0056), the most available first. */
  enum Availability {
    /** At once. */
    ONLINE,
    /** After some minutes. */
    NEARLINE,
    /** After a person does something. */
    OFFLINE,
    /** Not any more. */
    UNAVAILABLE
  }

  /** Performed Procedure Step Status (0040,0252) of a step that ended. */
  enum End {
    /** All that was to be made has been made. */
    COMPLETED,
    /** It was given up; what was made until then may be all there will be. */
    DISCONTINUED
  }

  private static Map<String, Set<String>> copy(Map<String, Set<String>> instancesBySeries) {
    return instancesBySeries.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
  }
}

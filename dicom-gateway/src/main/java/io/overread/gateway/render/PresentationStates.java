package io.overread.gateway.render;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.dictionary.UidDictionary;
import io.overread.dicom.presentation.PresentationState;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the presentation states of a study among its stored instances. */
public final class PresentationStates {
  private static final int MOST = 200;
  private static final String STATE_CLASSES = "1.2.840.10008.5.1.4.1.1.11.";

  private final StoredInstances instances;

  /** States among instances. */
  public PresentationStates(StoredInstances instances) {
    this.instances = instances;
  }

  /** The states of a study, at most 200; those that can't be applied say why. */
  public List<StoredState> ofStudy(String studyInstanceUid) {
    return instances.ofStudy(studyInstanceUid).stream()
        .filter(instance -> instance.sopClassUid().startsWith(STATE_CLASSES))
        .limit(MOST)
        .map(PresentationStates::read)
        .toList();
  }

  /** A grayscale state of a study. */
  public Optional<StoredInstance> find(String studyInstanceUid, String sopInstanceUid) {
    return instances
        .find(sopInstanceUid)
        .filter(instance -> instance.studyInstanceUid().equals(studyInstanceUid))
        .filter(instance -> PresentationState.isGrayscaleState(instance.sopClassUid()));
  }

  private static StoredState read(StoredInstance instance) {
    try {
      PresentationState state = new PresentationState(DicomFile.open(instance.path()).dataSet());
      var content =
          new StoredState.Content(
              state.label(), state.description(), state.creator(), state.creationDate());
      if (!PresentationState.isGrayscaleState(instance.sopClassUid())) {
        return new StoredState(
            instance.sopInstanceUid(), content, List.of(), List.of(kind(instance)));
      }
      List<String> notApplied = new ArrayList<>(state.notApplied());
      if (state.hasText() && !TextPainter.isPossible()) {
        notApplied.add("text: the service has no fonts");
      }
      return new StoredState(
          instance.sopInstanceUid(), content, state.references(), List.copyOf(notApplied));
    } catch (IOException | DicomFormatException unreadable) {
      return new StoredState(
          instance.sopInstanceUid(),
          new StoredState.Content("", "", "", ""),
          List.of(),
          List.of("the presentation state cannot be read"));
    }
  }

  private static String kind(StoredInstance instance) {
    return UidDictionary.name(instance.sopClassUid()) + " is not applied";
  }
}

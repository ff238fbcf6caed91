package io.overread.service.viewer;

import io.overread.gateway.render.PresentationStates;
import io.overread.gateway.render.StoredState;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The presentation states of a study. */
@RestController
@RequestMapping("/api/studies/{studyInstanceUid}/presentation-states")
class PresentationStateController {
  private final PresentationStates states;

  PresentationStateController(PresentationStates states) {
    this.states = states;
  }

  @GetMapping
  @Operation(
      summary =
          "The softcopy presentation states of a study, with the images that each applies to, and"
              + " what of it is not applied")
  List<PresentationStateView> states(@PathVariable String studyInstanceUid) {
    return states.ofStudy(studyInstanceUid).stream().map(PresentationStateView::of).toList();
  }

  /** A state as the console lists it; {@code images} is empty where it can't be applied. */
  record PresentationStateView(
      String sopInstanceUid,
      String label,
      String description,
      String creator,
      List<Image> images,
      List<String> notApplied) {

    /** An image that a state is about; all frames where {@code frames} is empty. */
    record Image(String sopInstanceUid, List<Integer> frames) {}

    static PresentationStateView of(StoredState state) {
      return new PresentationStateView(
          state.sopInstanceUid(),
          state.content().label(),
          state.content().description(),
          state.content().creator(),
          state.images().stream()
              .map(image -> new Image(image.sopInstanceUid(), image.frames()))
              .toList(),
          state.notApplied());
    }
  }
}

import type { PresentationState } from '../api/shapes';
import type { Frame } from './frames';

/** Whether a state says how a frame is to be shown. */
export function appliesTo(
  state: PresentationState,
  frame: Pick<Frame, 'sopInstanceUid' | 'frameNumber'>,
): boolean {
  return state.images.some(
    (image) =>
      image.sopInstanceUid === frame.sopInstanceUid &&
      (image.frames.length === 0 || image.frames.includes(frame.frameNumber)),
  );
}

/** The states that a stack can be shown with: those of any of its frames. */
export function statesOf(states: PresentationState[], frames: Frame[]): PresentationState[] {
  return states.filter((state) => frames.some((frame) => appliesTo(state, frame)));
}

/** The states that can be shown with no image at all, such as those of colour. */
export function unusable(states: PresentationState[]): PresentationState[] {
  return states.filter((state) => state.images.length === 0);
}

export function nameOf(state: PresentationState): string {
  const name = state.description || state.label || 'Presentation state';
  return state.creator ? `${name} (${state.creator})` : name;
}

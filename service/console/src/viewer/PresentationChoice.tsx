import type { PresentationState } from '../api/shapes';
import { nameOf, unusable } from './presentationStates';

interface Props {
  /** Those of the stack. */
  states: PresentationState[];
  /** All of the study. */
  all: PresentationState[];
  chosen: PresentationState | null;
  onChoose: (sopInstanceUid: string | null) => void;
}

/** Which presentation state the images are shown with, and what of it is not shown. */
export function PresentationChoice({ states, all, chosen, onChoose }: Props) {
  const refused = unusable(all);
  if (states.length === 0 && refused.length === 0) return null;
  return (
    <>
      <span className="divider" />
      <label className="presentation-choice">
        <span className="muted small">Shown</span>
        <select
          value={chosen?.sopInstanceUid ?? ''}
          onChange={(event) => onChoose(event.target.value || null)}
          data-testid="presentation-state"
        >
          <option value="">as stored</option>
          {states.map((state) => (
            <option key={state.sopInstanceUid} value={state.sopInstanceUid}>
              {nameOf(state)}
            </option>
          ))}
          {refused.map((state) => (
            <option key={state.sopInstanceUid} value={state.sopInstanceUid} disabled>
              {nameOf(state)}: {state.notApplied.join(', ')}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** What a chosen state asks for and the service does not do; never silently left out. */
export function NotAppliedNotice({ state }: { state: PresentationState | null }) {
  if (!state || state.notApplied.length === 0) return null;
  return (
    <p className="not-applied" role="note" data-testid="not-applied">
      This presentation state also asks for what is not shown here: {state.notApplied.join('; ')}.
    </p>
  );
}

/** What lies on the image and the service can't read. */
export function NotShownNotice({ notShown }: { notShown: string | null }) {
  if (notShown === null) return null;
  return (
    <p className="not-applied" role="note" data-testid="not-shown">
      Not shown of this image: {notShown}.
    </p>
  );
}

import type { StudyRow } from '../api/shapes';
import { journeyStep } from './journeyStep';

/** Where a study stands: a word, and a bar while a draft is made. */
export function JourneyChip({ row }: { row: StudyRow }) {
  const step = journeyStep(row);
  const detail = step.detail ?? undefined;
  return (
    <span className={`chip ${step.kind}`} title={detail} data-testid="journey-step">
      <span className="chip-label">
        {step.label}
        {step.progress !== null && step.progress > 0 && ` ${Math.round(step.progress * 100)} %`}
      </span>
      {step.progress !== null && (
        <progress
          value={step.progress}
          max={1}
          aria-label={step.label}
          data-testid="draft-progress"
        />
      )}
      {step.detail !== null && <span className="chip-detail">{step.detail}</span>}
    </span>
  );
}

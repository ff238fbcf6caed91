import type { Study } from '../api/shapes';
import { notDrafted } from '../worklist/journeyStep';
import { JourneyChip } from '../worklist/JourneyChip';

/** In place of a report while there is none: what is waited for. */
export function DraftPending({ study }: { study: Study }) {
  const failed = study.analysis?.state === 'FAILED';
  const undrafted = study.state === 'COMPLETE' && notDrafted(study);
  return (
    <div className="draft-pending" data-testid="draft-pending">
      {!failed && <JourneyChip row={study} />}
      {study.state === 'RECEIVING' && (
        <p>
          Images are still coming. When none has come for the quiet time, or all that was announced
          is here, the study is complete and its draft is made.
        </p>
      )}
      {undrafted && (
        <p data-testid="not-drafted">
          Not drafted: {study.triage?.reason}. A triage rule keeps such images from the model.
        </p>
      )}
      {study.state === 'COMPLETE' && !failed && !undrafted && (
        <p>The model reads the images. The draft appears here by itself.</p>
      )}
      {failed && (
        <div className="notice danger" role="alert">
          <strong>No draft could be made</strong>
          <span>{study.analysis?.failure}</span>
          <span className="muted">
            What can be shown can still be read here. The audit trail has the particulars.
          </span>
        </div>
      )}
    </div>
  );
}

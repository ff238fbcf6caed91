import { localInstant } from '../patient/dates';
import { reviewStateNames } from '../worklist/journeyStep';
import { ReportDiff } from './ReportDiff';
import type { Conflict } from './useReport';

interface Props {
  conflict: Conflict;
  onTheirs: () => void;
  onMine: () => void;
}

/** Two people worked on one report: what the other one did, and the ways on. */
export function ConflictNotice({ conflict, onTheirs, onMine }: Props) {
  const { base, theirs, mine } = conflict;
  return (
    <div className="notice warn conflict" role="alert" data-testid="conflict">
      <strong>
        The report was changed while you worked on it. Nothing of yours was saved yet.
      </strong>
      <span>
        You had version {base.version}. It is now version {theirs.version} (
        {reviewStateNames[theirs.reviewState].toLowerCase()}), saved{' '}
        {localInstant(theirs.updatedAt, true)}.
      </span>
      {mine !== null ? (
        <>
          <span>From their text to yours:</span>
          <ReportDiff before={theirs.text ?? ''} after={mine} label="From their text to yours" />
        </>
      ) : (
        <>
          <span>What they changed:</span>
          <ReportDiff
            before={base.text ?? ''}
            after={theirs.text ?? ''}
            label="What they changed"
          />
        </>
      )}
      <div className="notice-actions">
        <button type="button" onClick={onTheirs} data-testid="conflict-theirs">
          {mine === null ? 'Go on with this version' : 'Take theirs, drop mine'}
        </button>
        {mine !== null && (
          <button type="button" onClick={onMine} data-testid="conflict-mine">
            Keep mine and go on editing
          </button>
        )}
      </div>
    </div>
  );
}

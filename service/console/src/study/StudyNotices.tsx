import type { Report, Retention, Study } from '../api/shapes';
import { holderInWords } from '../retention/retention';
import { completenessInWords } from '../worklist/CompletenessWords';
import { notDrafted } from '../worklist/journeyStep';

interface Props {
  study: Study;
  report: Report | null;
  retention: Retention | null;
}

/** What a reader must know before he trusts what he sees: more images, a failed or running model. */
export function StudyNotices({ study, report, retention }: Props) {
  const newer = report !== null && study.revision > report.studyRevision;
  const coming = study.state === 'RECEIVING' && study.revision > 0;
  const failed = study.analysis?.state === 'FAILED' && report !== null;
  const partial = study.completeness.state === 'PARTIAL';
  const deletedAt = retention?.imagesDeletedAt ?? null;
  const hold = retention?.hold ?? null;
  if (!newer && !coming && !failed && !partial && !deletedAt && !hold) return null;
  return (
    <div className="study-notices" role="status" data-testid="study-notice">
      {deletedAt && (
        <p className="notice warn" data-testid="images-deleted-notice">
          <strong>The images were deleted by retention on {deletedAt.slice(0, 10)}.</strong>
          <span>The report and the audit trail are all here.</span>
        </p>
      )}
      {hold && (
        <p className="notice" data-testid="hold-notice">
          <strong>The images are held.</strong>
          <span>
            By {holderInWords(hold)}: {hold.reason}
          </span>
        </p>
      )}
      {partial && (
        <p className="notice warn" data-testid="partial-notice">
          <strong>Not everything of this study is here.</strong>
          <span>{completenessInWords(study.completeness)}.</span>
        </p>
      )}
      {coming && (
        <p className="notice warn">
          <strong>New images are arriving.</strong>
          <span>
            The report below was made without them. A new draft follows when they are complete.
          </span>
        </p>
      )}
      {newer && !coming && (
        <p className="notice warn" data-testid="revision-notice">
          <strong>New images have arrived since this report was drafted.</strong>
          <span>
            It covers revision {report.studyRevision}; the study is at revision {study.revision}.{' '}
            {failed || notDrafted(study) ? '' : 'A new draft is being made.'}
          </span>
        </p>
      )}
      {failed && (
        <p className="notice danger">
          <strong>The model failed on the newest images.</strong>
          <span>{study.analysis?.failure}</span>
        </p>
      )}
    </div>
  );
}

import type { Report, Study } from '../api/shapes';
import { localInstant } from '../patient/dates';
import { besideInWords } from './contrastive';
import { reviewStateNames } from '../worklist/journeyStep';

/** Says what the text below is: a machine's draft, or whose signature stands under it. */
export function ReportBanner({ report, study }: { report: Report; study: Study }) {
  const model = report.model;
  const maker = model ? `${model.name} ${model.version}` : 'an unnamed model';
  const beside = report.contrastive && besideInWords(report.contrastive);
  // The service says the same sentence for other clients; it need not stand here twice.
  const notice = report.notice?.startsWith('Drafted by a machine') ? null : report.notice;
  const signed = report.reviewState === 'SIGNED';
  return (
    <>
      {signed ? (
        <div className="banner signed" data-testid="signed-banner">
          <strong>
            Signed, {report.status}
            {study.revision > report.studyRevision && ' (of earlier images)'}
          </strong>
          <span>
            {report.signedByName ?? report.signedBy} · {localInstant(report.signedAt, true)}
          </span>
          <span>{report.signatureMeaning}</span>
          <span className="muted small">
            Drafted by {maker}
            {beside && ` (${beside})`}, read and signed by a person.
          </span>
        </div>
      ) : (
        <div className="banner draft" role="note" data-testid="draft-banner">
          <strong>Drafted by a machine. Not a diagnosis until a radiologist signs.</strong>
          <span className="small" title={model?.digest}>
            {maker}
            {model && <span className="mono muted"> {model.digest.slice(0, 12)}</span>}
            {report.contrastive && (
              <span title={report.contrastive.model.digest} data-testid="beside">
                , {beside}{' '}
                <span className="mono muted">{report.contrastive.model.digest.slice(0, 12)}</span>
              </span>
            )}{' '}
            · {localInstant(report.createdAt)} · revision {report.studyRevision} · version{' '}
            {report.version} · {reviewStateNames[report.reviewState].toLowerCase()}
          </span>
        </div>
      )}
      {report.reviewState === 'AMENDING' && (
        <div className="notice info" data-testid="amending-notice">
          <strong>An amendment is open.</strong>
          <span>
            What {report.signedByName ?? report.signedBy} signed on {localInstant(report.signedAt)}{' '}
            stands until the amendment is signed.
          </span>
        </div>
      )}
      {notice && (
        <div className="notice warn" role="status" data-testid="report-notice">
          {notice}
        </div>
      )}
    </>
  );
}

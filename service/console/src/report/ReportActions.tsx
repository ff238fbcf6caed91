import type { Report } from '../api/shapes';
import { KeyButton } from '../keyboard/KeyButton';

interface Props {
  report: Report;
  refusals: Record<'edit' | 'accept' | 'reject' | 'sign', string | null>;
  onAccept: () => void;
  onEdit: () => void;
  onReject: () => void;
  onSign: () => void;
  onAmend: () => void;
  /** What can be done with an edit under way, or null when there is none. */
  edit: { canSave: boolean; busy: boolean; onSave: () => void; onDiscard: () => void } | null;
}

export function ReportActions({ report, refusals, edit, ...on }: Props) {
  const signed = report.reviewState === 'SIGNED';
  const amending = report.reviewState === 'AMENDING';
  const next = refusals.sign === null ? 'sign' : 'accept';
  if (edit) {
    return (
      <div className="report-actions">
        <button
          type="button"
          className="primary"
          disabled={!edit.canSave || edit.busy}
          title={edit.canSave ? 'Save (Ctrl+Enter)' : 'A report cannot be empty'}
          onClick={edit.onSave}
          data-testid="report-save"
        >
          {edit.busy ? 'Saving…' : 'Save'} <kbd aria-hidden="true">Ctrl ↵</kbd>
        </button>
        <button type="button" onClick={edit.onDiscard} data-testid="report-discard">
          Discard my edit
        </button>
        <p className="muted small refusal">
          Not saved yet; kept in this tab. Save or discard it before you accept, reject or sign.
        </p>
      </div>
    );
  }
  const why = signed ? refusals.edit : (refusals.sign ?? refusals.accept);
  return (
    <div className="report-actions">
      {signed ? (
        <KeyButton
          command="edit"
          refusal={refusals.edit}
          onClick={on.onAmend}
          data-testid="report-amend"
        >
          Amend
        </KeyButton>
      ) : (
        <>
          {!amending && (
            <KeyButton
              command="accept"
              refusal={refusals.accept}
              className={next === 'accept' ? 'primary' : ''}
              onClick={on.onAccept}
              data-testid="report-accept"
            >
              Accept
            </KeyButton>
          )}
          <KeyButton
            command="edit"
            refusal={refusals.edit}
            onClick={on.onEdit}
            data-testid="report-edit"
          >
            Edit
          </KeyButton>
          <KeyButton
            command="reject"
            refusal={refusals.reject}
            onClick={on.onReject}
            data-testid="report-reject"
          >
            {amending ? 'Give up' : 'Reject'}
          </KeyButton>
          <span className="spring" />
          <KeyButton
            command="sign"
            refusal={refusals.sign}
            className={next === 'sign' ? 'primary' : ''}
            onClick={on.onSign}
            data-testid="report-sign"
          >
            Sign
          </KeyButton>
        </>
      )}
      {why && <p className="muted small refusal">{why}</p>}
    </div>
  );
}

import { useEffect, useMemo, useState } from 'react';
import type { Finding, Study } from '../api/shapes';
import { DeliveryPanel } from '../delivery/DeliveryPanel';
import { useKeys } from '../keyboard/useKeys';
import { ProblemNotice } from '../session/ProblemNotice';
import { reviewRefusal } from '../session/session';
import { useSession } from '../session/SessionContext';
import { ConflictNotice } from './ConflictNotice';
import { DraftPending } from './DraftPending';
import { Findings } from './Findings';
import { inReadingOrder } from './findingsOrder';
import { forgetEdit, keepEdit, keptEdit } from './keptEdit';
import { ReasonDialog } from './ReasonDialog';
import { ReportActions } from './ReportActions';
import { ReportBanner } from './ReportBanner';
import { ReportText } from './ReportText';
import { type Move, moveRefusal } from './reviewMoves';
import { SignDialog } from './SignDialog';
import type { ReportDesk } from './useReport';

interface Props {
  study: Study;
  desk: ReportDesk;
  selected: string | null;
  onSelect: (finding: Finding) => void;
  hidden: boolean;
}

export function ReportPanel({ study, desk, selected, onSelect, hidden }: Props) {
  const uid = study.studyInstanceUid;
  const { session } = useSession();
  const { report, conflict } = desk;
  const [edited, setEdited] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'reject' | 'sign' | 'amend' | null>(null);
  const [said, setSaid] = useState('');
  const findings = useMemo(() => inReadingOrder(report?.findings ?? []), [report]);

  // An edit that a reload or an ended session interrupted comes back.
  const reportId = report?.id;
  const author = session.username;
  useEffect(() => {
    const kept = keptEdit(uid);
    if (kept && kept.reportId === reportId && kept.author === author) setEdited(kept.text);
  }, [uid, reportId, author]);

  if (report === undefined) {
    return desk.problem ? (
      <ProblemNotice problem={desk.problem}>
        <button type="button" onClick={desk.reload}>
          Try again
        </button>
      </ProblemNotice>
    ) : (
      <p className="muted">Loading the report…</p>
    );
  }
  if (report === null) return <DraftPending study={study} />;

  const text = report.text ?? '';
  const refusal = (move: Move): string | null =>
    reviewRefusal(session) ??
    moveRefusal(report.reviewState, move) ??
    (desk.busy ? 'Saving…' : null);
  const signed = report.reviewState === 'SIGNED';

  const change = (next: string) => {
    setEdited(next);
    // The version stays that of the text first changed: a later save must notice a newer one.
    const version = keptEdit(uid)?.version ?? report.version;
    keepEdit(uid, { author, reportId: report.id, version, text: next });
  };
  const leaveEditing = () => {
    setEdited(null);
    forgetEdit(uid);
  };
  const startEditing = () => {
    if (signed) return setDialog('amend');
    if (refusal('edit') === null && edited === null) change(text);
  };
  const save = async () => {
    if (edited === null || conflict) return;
    const version = keptEdit(uid)?.version ?? report.version;
    const saved = await desk.decide({ action: 'edit', text: edited }, { ...report, version });
    if (saved) {
      leaveEditing();
      setSaid(`Saved as version ${saved.version}.`);
    }
  };
  const accept = async () => {
    const accepted = await desk.decide({ action: 'accept' });
    if (accepted) setSaid('Accepted. It can be signed now.');
  };
  const editing = edited !== null;
  const editedVersion = keptEdit(uid)?.version ?? report.version;
  const whileEditing = editing ? 'Save or discard your edit first.' : null;
  const refusals = {
    edit: signed ? (reviewRefusal(session) ?? null) : refusal('edit'),
    accept: refusal('accept') ?? whileEditing,
    reject: refusal('reject') ?? whileEditing,
    sign: refusal('sign') ?? whileEditing,
  };

  return (
    <div
      className="report-panel"
      hidden={hidden}
      data-testid="report-panel"
      data-state={report.reviewState}
    >
      {!hidden && (
        <ReportKeys
          onEdit={refusals.edit === null ? startEditing : undefined}
          onAccept={refusals.accept === null ? () => void accept() : undefined}
          onReject={refusals.reject === null ? () => setDialog('reject') : undefined}
          onSign={refusals.sign === null ? () => setDialog('sign') : undefined}
        />
      )}
      <ReportBanner report={report} study={study} />
      {desk.problem && (
        <ProblemNotice problem={desk.problem}>
          <button type="button" onClick={desk.reload}>
            Reload the report
          </button>
          <button type="button" onClick={desk.dismiss}>
            Dismiss
          </button>
        </ProblemNotice>
      )}
      {conflict && (
        <ConflictNotice
          conflict={conflict}
          onTheirs={() => {
            leaveEditing();
            desk.settle();
          }}
          onMine={() => {
            if (conflict.mine === null) return desk.settle();
            keepEdit(uid, {
              author,
              reportId: report.id,
              version: conflict.theirs.version,
              text: conflict.mine,
            });
            setEdited(conflict.mine);
            desk.settle();
          }}
        />
      )}
      {editing && !conflict && !desk.busy && report.version > editedVersion && (
        <p className="notice warn" role="status" data-testid="newer-version">
          <strong>Version {report.version} was saved by someone else meanwhile.</strong>
          <span>Your edit began on version {editedVersion}. When you save, both are compared.</span>
        </p>
      )}
      <h2 className="section-title">
        Findings of the model <span className="muted small">N and M go through them</span>
      </h2>
      <Findings
        findings={findings}
        scoredBy={report}
        selected={selected}
        draft={report.draftText ?? ''}
        text={edited ?? text}
        onSelect={onSelect}
      />
      <ReportText report={report} edited={edited} onChange={change} onSave={() => void save()} />
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
      <ReportActions
        report={report}
        refusals={refusals}
        onAccept={() => void accept()}
        onEdit={startEditing}
        onReject={() => setDialog('reject')}
        onSign={() => setDialog('sign')}
        onAmend={() => setDialog('amend')}
        edit={
          edited === null
            ? null
            : {
                canSave: edited.trim() !== '' && conflict === null,
                busy: desk.busy,
                onSave: () => void save(),
                onDiscard: leaveEditing,
              }
        }
      />
      <DeliveryPanel studyInstanceUid={uid} />
      {dialog === 'sign' && (
        <SignDialog
          report={report}
          study={study}
          onClose={() => setDialog(null)}
          sign={async (password, meaning) => {
            const result = await desk.decide({ action: 'sign', password, meaning });
            setDialog(null);
            if (result) setSaid('Signed.');
          }}
        />
      )}
      {(dialog === 'reject' || dialog === 'amend') && (
        <ReasonDialog
          purpose={report.reviewState === 'AMENDING' ? 'giveUp' : dialog}
          onClose={() => setDialog(null)}
          onReason={async (reason) => {
            setDialog(null);
            const decision =
              dialog === 'reject'
                ? ({ action: 'reject', reason } as const)
                : ({ action: 'amend', reason, text } as const);
            const decided = await desk.decide(decision);
            if (decided && dialog === 'amend') {
              setEdited(decided.text ?? '');
              keepEdit(uid, {
                author,
                reportId: decided.id,
                version: decided.version,
                text: decided.text ?? '',
              });
            }
          }}
        />
      )}
    </div>
  );
}

interface KeysProps {
  onEdit: (() => void) | undefined;
  onAccept: (() => void) | undefined;
  onReject: (() => void) | undefined;
  onSign: (() => void) | undefined;
}

/** The report's keys, only while its panel is shown. */
function ReportKeys({ onEdit, onAccept, onReject, onSign }: KeysProps) {
  useKeys({
    ...(onEdit && { edit: onEdit }),
    ...(onAccept && { accept: onAccept }),
    ...(onReject && { reject: onReject }),
    ...(onSign && { sign: onSign }),
  });
  return null;
}

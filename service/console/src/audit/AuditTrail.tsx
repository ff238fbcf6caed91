import { useEffect, useState } from 'react';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { AuditEntry } from '../api/shapes';
import { localInstant } from '../patient/dates';
import { ProblemNotice } from '../session/ProblemNotice';
import {
  actionInWords,
  actorInWords,
  type EntryGroup,
  folded,
  listAuditEntries,
  short,
} from './auditEntries';

interface Props {
  studyInstanceUid: string;
  /** Anything that differs when the study has changed and there may be new entries. */
  changed: string;
  hidden?: boolean;
}

/** What was done to a study, entry by entry, as the audit chain has it. Nothing can be changed here. */
export function AuditTrail({ studyInstanceUid: uid, changed, hidden = false }: Props) {
  const [entries, setEntries] = useState<AuditEntry[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (hidden) return;
    const leaving = new AbortController();
    listAuditEntries(uid, leaving.signal).then(
      (fresh) => {
        setEntries(fresh);
        setProblem(null);
      },
      (thrown: unknown) => {
        if (!isAbort(thrown)) setProblem(asProblem(thrown));
      },
    );
    return () => leaving.abort();
  }, [uid, changed, attempt, hidden]);

  return (
    <section className="audit-panel" hidden={hidden} aria-label="Audit trail" data-testid="audit">
      <h2 className="section-title">
        Audit trail{' '}
        <span className="muted small">
          {entries && `${entries.length} entries`} · each entry holds the digest of the one before
        </span>
        <span className="spring" />
        <button
          type="button"
          className="plain small"
          onClick={() => setAttempt((count) => count + 1)}
        >
          Refresh
        </button>
      </h2>
      {problem && <ProblemNotice problem={problem} />}
      {entries === null && !problem && <p className="muted">Loading the audit trail…</p>}
      {entries?.length === 0 && <p className="muted">No entry names this study.</p>}
      <ol className="audit-entries">
        {folded(entries ?? []).map((group) => (
          <Group key={group.entries[0]?.sequence} group={group} />
        ))}
      </ol>
    </section>
  );
}

function Group({ group }: { group: EntryGroup }) {
  const [open, setOpen] = useState(false);
  const first = group.entries[0];
  const last = group.entries.at(-1);
  if (!first || !last) return null;
  if (group.entries.length === 1) return <Entry entry={first} />;
  return (
    <>
      <li className="audit-entry folded" data-testid="audit-fold">
        <span className="figures muted">
          {first.sequence}–{last.sequence}
        </span>
        <span className="figures">{localInstant(first.recordedAt, true)}</span>
        <span className="audit-action">
          {actionInWords(first.action)} × {group.entries.length}
          <span className="actor"> · {actorInWords(first.actor)}</span>
        </span>
        <button
          type="button"
          className="plain small"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Fold' : 'Show all'}
        </button>
      </li>
      {open && group.entries.map((entry) => <Entry key={entry.sequence} entry={entry} />)}
    </>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const detail = Object.entries(entry.detail ?? {});
  const outcome = entry.outcome.toLowerCase();
  return (
    <li className={`audit-entry ${outcome}`} data-testid="audit-entry" data-action={entry.action}>
      <span className="figures muted">{entry.sequence}</span>
      <span className="figures">{localInstant(entry.recordedAt, true)}</span>
      <span className="audit-action">
        {actionInWords(entry.action)}
        {outcome !== 'success' && !entry.action.endsWith(entry.outcome) && `, ${outcome}`}
        <span className="actor"> · {actorInWords(entry.actor)}</span>
      </span>
      <span className="audit-detail small">
        {entry.subject !== null && (
          <span className="mono" title={entry.subject}>
            {entry.subject}
          </span>
        )}
        {detail.map(([name, value]) => (
          <span key={name}>
            <span className="muted">{name}</span>{' '}
            <span className="mono" title={value}>
              {short(value)}
            </span>
          </span>
        ))}
        <span title={`Digest of this entry: ${entry.digest}`}>
          <span className="muted">digest</span> <span className="mono">{short(entry.digest)}</span>
        </span>
      </span>
    </li>
  );
}

import { useEffect, useState } from 'react';
import type { Session, StudyRow } from '../api/shapes';
import { rolesInWords } from '../session/session';
import { TopBar } from '../study/TopBar';
import { listStudies } from '../worklist/studies';
import { StudyHeader } from '../study/StudyHeader';
import { useStudyEvents } from '../worklist/StudyFeed';
import { AuditTrail } from './AuditTrail';

interface Props {
  session: Session;
  studyInstanceUid: string;
}

/** A study for those who may not see its images and report: its audit trail, read only. */
export function AuditOnly({ session, studyInstanceUid }: Props) {
  const [row, setRow] = useState<StudyRow | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    listStudies(studyInstanceUid, null, leaving.signal).then(
      (rows) => setRow(rows.find((each) => each.studyInstanceUid === studyInstanceUid) ?? null),
      // Without its row the trail is shown all the same, under the UID alone.
      () => {},
    );
    return () => leaving.abort();
  }, [studyInstanceUid]);
  useStudyEvents((changed) => {
    if (changed.studyInstanceUid === studyInstanceUid) setRow(changed);
  });
  return (
    <>
      <TopBar>
        {row ? (
          <StudyHeader study={row} />
        ) : (
          <div className="study-header mono">{studyInstanceUid}</div>
        )}
      </TopBar>
      <main className="plain-page">
        <p className="notice info" data-testid="audit-only">
          You are signed in as {rolesInWords(session)}: you see the audit trail, not the images and
          the report. Nothing can be changed here.
        </p>
        <AuditTrail
          studyInstanceUid={studyInstanceUid}
          changed={JSON.stringify([
            row?.revision,
            row?.instanceCount,
            row?.report,
            row?.analysis?.state,
          ])}
        />
      </main>
    </>
  );
}

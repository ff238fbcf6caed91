import { useEffect, useState } from 'react';
import type { Session, StudyRow } from '../api/shapes';
import { ImagesKeptAlone } from '../retention/ImagesKept';
import { mayAdminister, rolesInWords } from '../session/session';
import { TopBar } from '../study/TopBar';
import { listStudies } from '../worklist/studies';
import { StudyHeader } from '../study/StudyHeader';
import { useStudyEvents } from '../worklist/StudyFeed';
import { AuditTrail } from './AuditTrail';

interface Props {
  session: Session;
  studyInstanceUid: string;
}

/** A study for those who may not see its images and report: its audit trail, and the hold. */
export function AuditOnly({ session, studyInstanceUid }: Props) {
  const administers = mayAdminister(session);
  const [row, setRow] = useState<StudyRow | null>(null);
  const [held, setHeld] = useState<string | null>(null);
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
          the report. {administers ? 'Of them nothing' : 'Nothing'} can be changed here.
        </p>
        {administers && <ImagesKeptAlone studyInstanceUid={studyInstanceUid} onHold={setHeld} />}
        <AuditTrail
          studyInstanceUid={studyInstanceUid}
          changed={JSON.stringify([
            row?.revision,
            row?.instanceCount,
            row?.report,
            row?.analysis?.state,
            held,
          ])}
        />
      </main>
    </>
  );
}

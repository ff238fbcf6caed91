import type { ReactNode } from 'react';
import { AuditTrail } from '../audit/AuditTrail';
import type { Problem } from '../api/problem';
import { useKeys } from '../keyboard/useKeys';
import { ProblemNotice } from '../session/ProblemNotice';
import { mayRead } from '../session/session';
import { useSession } from '../session/SessionContext';
import { TopBar } from './TopBar';
import { addressOf, goTo, type Tab } from './place';
import { StudyHeader } from './StudyHeader';
import { StudyPage } from './StudyPage';
import { useStudy } from './useStudy';

interface Props {
  studyInstanceUid: string;
  tab: Tab;
  onHelp: () => void;
}

/** A study as the signed-in user may see it. */
export function StudyRoute({ studyInstanceUid, tab, onHelp }: Props) {
  const { session } = useSession();
  const { study, problem, reload } = useStudy(studyInstanceUid);
  if (study === null) {
    return (
      <>
        <TopBar />
        <Waiting onHelp={onHelp}>
          {problem ? <Failed problem={problem} onRetry={reload} /> : <p>Loading the study…</p>}
        </Waiting>
      </>
    );
  }
  return (
    <>
      <TopBar>
        <StudyHeader study={study} />
      </TopBar>
      {mayRead(session) ? (
        <StudyPage study={study} tab={tab} onHelp={onHelp} />
      ) : (
        <Waiting onHelp={onHelp}>
          <p className="notice info" data-testid="auditor-notice">
            You are signed in as auditor: you see the audit trail, not the images and the report.
            Nothing can be changed here.
          </p>
          <AuditTrail study={study} />
        </Waiting>
      )}
    </>
  );
}

function Waiting({ onHelp, children }: { onHelp: () => void; children: ReactNode }) {
  useKeys({ back: () => goTo({ page: 'worklist' }), help: onHelp });
  return <main className="plain-page">{children}</main>;
}

function Failed({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const title = problem.status === 404 ? 'There is no such study' : undefined;
  return (
    <ProblemNotice problem={problem} title={title}>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
      <a className="button" href={addressOf({ page: 'worklist' })}>
        Back to the worklist
      </a>
    </ProblemNotice>
  );
}

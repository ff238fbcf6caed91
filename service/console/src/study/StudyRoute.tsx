import type { ReactNode } from 'react';
import { AuditOnly } from '../audit/AuditOnly';
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
export function StudyRoute(props: Props) {
  const { session } = useSession();
  if (mayRead(session)) return <ReadableStudy {...props} />;
  return (
    <WithKeys onHelp={props.onHelp}>
      <AuditOnly session={session} studyInstanceUid={props.studyInstanceUid} />
    </WithKeys>
  );
}

function ReadableStudy({ studyInstanceUid, tab, onHelp }: Props) {
  const { study, problem, reload } = useStudy(studyInstanceUid);
  if (study === null) {
    return (
      <WithKeys onHelp={onHelp}>
        <TopBar>
          <span className="spring" />
        </TopBar>
        <main className="plain-page">
          {problem ? <Failed problem={problem} onRetry={reload} /> : <p>Loading the study…</p>}
        </main>
      </WithKeys>
    );
  }
  return (
    <>
      <TopBar>
        <StudyHeader study={study} />
      </TopBar>
      <StudyPage study={study} tab={tab} onHelp={onHelp} />
    </>
  );
}

function WithKeys({ onHelp, children }: { onHelp: () => void; children: ReactNode }) {
  useKeys({ back: () => goTo({ page: 'worklist' }), help: onHelp });
  return children;
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

import { useEffect, useState } from 'react';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { TriageRules } from '../api/shapes';
import { useKeys } from '../keyboard/useKeys';
import { ProblemNotice } from '../session/ProblemNotice';
import { mayAdminister } from '../session/session';
import { useSession } from '../session/SessionContext';
import { goTo } from '../study/place';
import { TopBar } from '../study/TopBar';
import { RuleBook } from './RuleBook';
import { readRules } from './rules';

/** The triage rules, for those who may keep them. */
export function TriageRoute({ onHelp }: { onHelp: () => void }) {
  const { session } = useSession();
  useKeys({ back: () => goTo({ page: 'worklist' }), help: onHelp });
  return (
    <>
      <TopBar>
        <span className="spring study-header">
          <h1>Triage rules</h1>
        </span>
      </TopBar>
      <main className="plain-page triage" data-testid="triage">
        {mayAdminister(session) ? (
          <Rules />
        ) : (
          <p className="notice info">Only an administrator sees and changes the triage rules.</p>
        )}
      </main>
    </>
  );
}

function Rules() {
  const [rules, setRules] = useState<TriageRules | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    readRules(leaving.signal).then(
      (read) => {
        setRules(read);
        setProblem(null);
      },
      (thrown: unknown) => {
        if (!isAbort(thrown)) setProblem(asProblem(thrown));
      },
    );
    return () => leaving.abort();
  }, [attempt]);
  if (problem) {
    return (
      <ProblemNotice problem={problem}>
        <button type="button" onClick={() => setAttempt((count) => count + 1)}>
          Try again
        </button>
      </ProblemNotice>
    );
  }
  if (rules === null) return <p>Loading the rules…</p>;
  return (
    <RuleBook
      key={`${rules.version} ${attempt}`}
      saved={rules}
      onSaved={setRules}
      onReload={() => setAttempt((count) => count + 1)}
    />
  );
}

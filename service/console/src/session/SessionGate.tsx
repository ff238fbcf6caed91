import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { onSessionEnded } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { Session } from '../api/shapes';
import { SessionContext } from './SessionContext';
import { currentSession, signOut } from './session';
import { SignIn } from './SignIn';

/**
 * Shows its children to a signed-in user, and the log-in otherwise. When a session ends under way
 * the address stays as it is, so that the next log-in leads back to the same place.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const [ended, setEnded] = useState<string | null>(null);
  const [outage, setOutage] = useState<Problem | null>(null);

  useEffect(
    () =>
      onSessionEnded(() => {
        setSession((before) => {
          if (before) {
            setEnded(
              'Your session has ended. Sign in again to go on where you were; edits are kept.',
            );
          }
          return null;
        });
      }),
    [],
  );

  useEffect(() => {
    let timer = 0;
    let gone = false;
    const ask = () =>
      currentSession().then(
        (found) => {
          if (gone) return;
          setOutage(null);
          setSession(found);
        },
        (thrown: unknown) => {
          if (gone) return;
          const problem = asProblem(thrown);
          setSession(null);
          setOutage(problem.unreachable ? problem : null);
          if (problem.unreachable) timer = window.setTimeout(ask, 3000);
        },
      );
    void ask();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, []);

  const leave = useCallback(() => {
    void signOut().catch(() => {});
    setEnded(null);
    setSession(null);
  }, []);
  const signedIn = useMemo(() => (session ? { session, signOut: leave } : null), [session, leave]);

  if (session === undefined) return <p className="quiet-page">Starting…</p>;
  if (signedIn === null) {
    return (
      <SignIn
        notice={ended}
        outage={outage}
        onSignedIn={(fresh) => {
          setEnded(null);
          setOutage(null);
          setSession(fresh);
        }}
      />
    );
  }
  return <SessionContext value={signedIn}>{children}</SessionContext>;
}

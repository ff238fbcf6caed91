import type { ReactNode } from 'react';
import { forgetAllEdits } from '../report/keptEdit';
import { mayAdminister, rolesInWords } from '../session/session';
import { useSession } from '../session/SessionContext';
import { useFeed } from '../worklist/StudyFeed';
import { addressOf } from './place';

const feedWords = {
  live: { label: 'Live', explain: 'Changes appear by themselves.' },
  connecting: {
    label: 'Connecting…',
    explain: 'The list may be behind until the connection stands.',
  },
  down: { label: 'No connection', explain: 'The service does not answer. Trying again.' },
};

export function TopBar({ children }: { children?: ReactNode }) {
  const { session, signOut } = useSession();
  const { state } = useFeed();
  const feed = feedWords[state];
  return (
    <>
      <header className="top-bar">
        <a
          className="home"
          href={addressOf({ page: 'worklist' })}
          title={children ? 'Back to the worklist (Esc)' : 'Worklist'}
        >
          <img src="/favicon.svg" alt="" width="20" height="20" />
          {children ? (
            <span>
              ‹ Worklist <kbd aria-hidden="true">Esc</kbd>
            </span>
          ) : (
            <span>Overread</span>
          )}
        </a>
        {children ?? <span className="spring" />}
        {!children && mayAdminister(session) && (
          <a href={addressOf({ page: 'triage' })} data-testid="triage-link">
            Triage rules
          </a>
        )}
        <span className={`feed ${state}`} role="status" title={feed.explain} data-testid="feed">
          {feed.label}
        </span>
        <span className="who" title={`${session.username}: ${rolesInWords(session)}`}>
          {session.displayName}
        </span>
        <button
          type="button"
          className="plain"
          onClick={() => {
            forgetAllEdits();
            signOut();
          }}
          data-testid="sign-out"
        >
          Sign out
        </button>
      </header>
      {state === 'down' && (
        <div className="outage" role="alert" data-testid="service-down">
          <strong>The service does not answer.</strong> What you see may be out of date. Trying
          again by itself.
        </div>
      )}
    </>
  );
}

import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { send } from '../api/client';
import { eventsOf } from '../api/eventStream';
import { isAbort, asProblem } from '../api/problem';
import type { StudyRow } from '../api/shapes';

export type FeedState = 'connecting' | 'live' | 'down';

interface Feed {
  state: FeedState;
  /** Counts connections: after a new one, what was missed must be fetched again. */
  connection: number;
  listen: (listener: (row: StudyRow) => void) => () => void;
}

const FeedContext = createContext<Feed | null>(null);

/** One event stream for the whole console; it reconnects with growing pauses. */
export function StudyFeed({ children }: { children: ReactNode }) {
  const [state, setState] = useState<FeedState>('connecting');
  const [connection, setConnection] = useState(0);
  const listeners = useRef(new Set<(row: StudyRow) => void>());

  useEffect(() => {
    const leaving = new AbortController();
    void follow(leaving.signal, {
      opened: () => {
        setState('live');
        setConnection((count) => count + 1);
      },
      row: (row) => listeners.current.forEach((listener) => listener(row)),
      lost: (unreachable) => setState(unreachable ? 'down' : 'connecting'),
    });
    return () => leaving.abort();
  }, []);

  const [listen] = useState(() => (listener: (row: StudyRow) => void) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  });
  return <FeedContext value={{ state, connection, listen }}>{children}</FeedContext>;
}

export function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (feed === null) throw new Error('No study feed above this component');
  return feed;
}

/** Calls back at every change of any study. */
export function useStudyEvents(listener: (row: StudyRow) => void): void {
  const { listen } = useFeed();
  const current = useRef(listener);
  useEffect(() => {
    current.current = listener;
  });
  useEffect(() => listen((row) => current.current(row)), [listen]);
}

interface Follower {
  opened: () => void;
  row: (row: StudyRow) => void;
  lost: (unreachable: boolean) => void;
}

async function follow(signal: AbortSignal, follower: Follower): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    try {
      const response = await send('/api/studies/events', { accept: 'text/event-stream', signal });
      failures = 0;
      follower.opened();
      for await (const event of eventsOf(response)) {
        if (event.event === 'study') follower.row(JSON.parse(event.data) as StudyRow);
      }
      // The service ends streams at shutdown or after a time limit: connect again.
      follower.lost(false);
    } catch (thrown) {
      if (isAbort(thrown) || signal.aborted) return;
      const problem = asProblem(thrown);
      if (problem.status === 401 || problem.status === 403) return follower.lost(false);
      follower.lost(problem.unreachable);
    }
    failures++;
    await pause(Math.min(15_000, 500 * 2 ** Math.min(failures, 5)), signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

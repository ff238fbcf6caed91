import { useCallback, useEffect, useState } from 'react';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { Retention } from '../api/shapes';
import { useStudyEvents } from '../worklist/StudyFeed';
import { changeHold, readRetention } from './retention';

export interface RetentionDesk {
  /** Whether a study's images are there and held; null: not known, which is no reason to alarm. */
  retention: Retention | null;
  /** Why the hold could not be changed. */
  problem: Problem | null;
  busy: boolean;
  change: (held: boolean, reason: string) => void;
}

/** The hold on a study's images, read again at every event of the study. */
export function useRetention(studyInstanceUid: string): RetentionDesk {
  const [retention, setRetention] = useState<Retention | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const leaving = new AbortController();
    readRetention(studyInstanceUid, leaving.signal).then(setRetention, (thrown: unknown) => {
      if (!isAbort(thrown)) setRetention(null);
    });
    return () => leaving.abort();
  }, [studyInstanceUid, attempt]);

  useStudyEvents((row) => {
    if (row.studyInstanceUid === studyInstanceUid) setAttempt((count) => count + 1);
  });

  const change = useCallback(
    (held: boolean, reason: string) => {
      setBusy(true);
      setProblem(null);
      changeHold(studyInstanceUid, held, reason)
        .then(setRetention, (thrown: unknown) => setProblem(asProblem(thrown)))
        .finally(() => setBusy(false));
    },
    [studyInstanceUid],
  );
  return { retention, problem, busy, change };
}

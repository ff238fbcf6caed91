import { useCallback, useEffect, useState } from 'react';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { Delivery } from '../api/shapes';
import { useStudyEvents } from '../worklist/StudyFeed';
import { listDeliveries, resend } from './deliveries';

export interface DeliveryDesk {
  /** null: not known yet. */
  deliveries: Delivery[] | null;
  problem: Problem | null;
  resend: (id: string) => void;
}

/** What was sent of a study's reports, read again at every event of the study. */
export function useDeliveries(studyInstanceUid: string): DeliveryDesk {
  const [deliveries, setDeliveries] = useState<Delivery[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);
  const reload = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    const leaving = new AbortController();
    listDeliveries(studyInstanceUid, leaving.signal).then(
      (fresh) => {
        setDeliveries(fresh);
        setProblem(null);
      },
      (thrown: unknown) => {
        if (!isAbort(thrown)) setProblem(asProblem(thrown));
      },
    );
    return () => leaving.abort();
  }, [studyInstanceUid, attempt]);

  useStudyEvents((row) => {
    if (row.studyInstanceUid === studyInstanceUid) reload();
  });

  const again = (id: string) => {
    resend(studyInstanceUid, id).then(reload, (thrown: unknown) => setProblem(asProblem(thrown)));
  };
  return { deliveries, problem, resend: again };
}

import { useCallback, useEffect, useState } from 'react';
import { fetchJson } from '../api/client';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { Study, StudyRow } from '../api/shapes';
import { useFeed, useStudyEvents } from '../worklist/StudyFeed';

export interface OpenStudy {
  study: Study | null;
  problem: Problem | null;
  reload: () => void;
}

/** A study with its series, kept up to date by the study events. */
export function useStudy(studyInstanceUid: string): OpenStudy {
  // The first connection is no reason to read twice: each reading is an entry in the audit trail.
  const reconnected = Math.max(1, useFeed().connection);
  const [study, setStudy] = useState<Study | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);
  const reload = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    const leaving = new AbortController();
    fetchJson<Study>(`/api/studies/${studyInstanceUid}`, { signal: leaving.signal }).then(
      (fresh) => {
        setStudy(fresh);
        setProblem(null);
      },
      (thrown: unknown) => {
        if (!isAbort(thrown)) setProblem(asProblem(thrown));
      },
    );
    return () => leaving.abort();
  }, [studyInstanceUid, reconnected, attempt]);

  useStudyEvents((row) => {
    if (row.studyInstanceUid !== studyInstanceUid) return;
    // An event has no series: they are fetched again when images came or were read.
    if (study === null || addsImages(study, row) || drafted(study, row)) reload();
    setStudy((before) =>
      before === null
        ? null
        : { ...before, ...row, series: before.series, modelInputs: before.modelInputs },
    );
  });

  return { study, problem, reload };
}

/** What the model read is known once it has drafted; an event doesn't tell it. */
function drafted(before: StudyRow, after: StudyRow): boolean {
  return before.report?.id !== after.report?.id;
}

function addsImages(before: StudyRow, after: StudyRow): boolean {
  return before.instanceCount !== after.instanceCount || before.revision !== after.revision;
}

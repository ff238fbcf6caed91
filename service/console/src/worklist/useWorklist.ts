import { useCallback, useEffect, useState } from 'react';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { StudyRow } from '../api/shapes';
import { listStudies, PAGE, withPage, withRow } from './studies';
import { useFeed, useStudyEvents } from './StudyFeed';

export interface WorklistContent {
  rows: StudyRow[] | null;
  problem: Problem | null;
  hasMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

/** The worklist for a query, kept up to date by the study events. */
export function useWorklist(query: string): WorklistContent {
  const reconnected = Math.max(1, useFeed().connection);
  const [rows, setRows] = useState<StudyRow[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [hasMore, setHasMore] = useState(false);
  const [attempt, setAttempt] = useState(0);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    const leaving = new AbortController();
    listStudies(query, null, leaving.signal).then(
      (page) => {
        setRows(page);
        setHasMore(page.length >= PAGE);
        setProblem(null);
      },
      (thrown: unknown) => {
        if (!isAbort(thrown)) setProblem(asProblem(thrown));
      },
    );
    return () => leaving.abort();
  }, [query, reconnected, attempt]);

  useStudyEvents((changed) => {
    const known = rows?.some((row) => row.studyInstanceUid === changed.studyInstanceUid) ?? false;
    // Only the service knows whether a new study matches a query: ask it again.
    if (!known && query !== '') retry();
    else setRows((before) => (before === null ? before : withRow(before, changed)));
  });

  const loadMore = () => {
    const last = rows?.at(-1);
    if (!last) return;
    listStudies(query, last.studyInstanceUid).then(
      (page) => {
        setRows((before) => withPage(before ?? [], page));
        setHasMore(page.length >= PAGE);
      },
      (thrown: unknown) => setProblem(asProblem(thrown)),
    );
  };

  return { rows, problem, hasMore, loadMore, retry };
}

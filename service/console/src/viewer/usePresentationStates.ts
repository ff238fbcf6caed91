import { useEffect, useState } from 'react';
import { fetchJson } from '../api/client';
import { isAbort } from '../api/problem';
import type { PresentationState } from '../api/shapes';
import type { FrameStack } from './frames';

/** The presentation states of a study; read again when a series of it is opened or grows. */
export function usePresentationStates(
  studyInstanceUid: string,
  stack: FrameStack,
): PresentationState[] {
  const [states, setStates] = useState<PresentationState[]>([]);
  const series = stack.series.seriesInstanceUid;
  const size = stack.frames.length;
  useEffect(() => {
    const leaving = new AbortController();
    fetchJson<PresentationState[]>(`/api/studies/${studyInstanceUid}/presentation-states`, {
      signal: leaving.signal,
    }).then(setStates, (thrown: unknown) => {
      if (!isAbort(thrown)) setStates([]);
    });
    return () => leaving.abort();
  }, [studyInstanceUid, series, size]);
  return states;
}

import { useEffect, useState } from 'react';
import { fetchJson } from '../api/client';
import type { Retention } from '../api/shapes';

/** Whether a study's images are there and held; null: not known, which is no reason to alarm. */
export function useRetention(studyInstanceUid: string): Retention | null {
  const [retention, setRetention] = useState<Retention | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    fetchJson<Retention>(`/api/studies/${studyInstanceUid}/retention`, {
      signal: leaving.signal,
    }).then(setRetention, () => {
      if (!leaving.signal.aborted) setRetention(null);
    });
    return () => leaving.abort();
  }, [studyInstanceUid]);

  return retention;
}

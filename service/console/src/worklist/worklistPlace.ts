import { useCallback, useState } from 'react';
import type { Filter } from './journeyStep';

/** What the reader looked at, so that coming back from a study finds it again. */
export interface WorklistPlace {
  query: string;
  filter: Filter;
  selected: string | null;
}

// Module state, not storage: a patient's name typed as a query must not outlive the tab.
let kept: WorklistPlace = { query: '', filter: 'all', selected: null };

export function useWorklistPlace(): [WorklistPlace, (place: WorklistPlace) => void] {
  const [place, setPlace] = useState(kept);
  const keep = useCallback((next: WorklistPlace) => {
    kept = next;
    setPlace(next);
  }, []);
  return [place, keep];
}

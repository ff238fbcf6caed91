import { useSyncExternalStore } from 'react';

const query = '(min-width: 1840px)';

/** True when there is room for the questions beside the report. */
export function useWideScreen(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

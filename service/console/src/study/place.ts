import { useSyncExternalStore } from 'react';

export const tabs = ['report', 'questions', 'audit'] as const;
export type Tab = (typeof tabs)[number];

/** What the address names: it is kept in the fragment, so the service serves one page only. */
export type Place =
  { page: 'worklist' } | { page: 'triage' } | { page: 'study'; studyInstanceUid: string; tab: Tab };

export function placeOf(fragment: string): Place {
  const [path = '', parameters = ''] = fragment.replace(/^#/, '').split('?');
  const study = /^\/studies\/([0-9.]{1,64})$/.exec(path);
  if (path === '/triage-rules') return { page: 'triage' };
  if (!study?.[1]) return { page: 'worklist' };
  const tab = new URLSearchParams(parameters).get('tab');
  return {
    page: 'study',
    studyInstanceUid: study[1],
    tab: tabs.find((each) => each === tab) ?? 'report',
  };
}

export function addressOf(place: Place): string {
  if (place.page === 'worklist') return '#/';
  if (place.page === 'triage') return '#/triage-rules';
  const tab = place.tab === 'report' ? '' : `?tab=${place.tab}`;
  return `#/studies/${place.studyInstanceUid}${tab}`;
}

export function goTo(place: Place): void {
  window.location.hash = addressOf(place);
}

/** Changes the address without a step in the browser's history (for tabs). */
export function stayAt(place: Place): void {
  window.history.replaceState(null, '', addressOf(place));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

export function usePlace(): Place {
  const fragment = useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => window.location.hash,
  );
  return placeOf(fragment);
}

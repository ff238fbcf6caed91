import { fetchJson } from '../api/client';
import type { StudyRow } from '../api/shapes';

export const PAGE = 100;

/** One page of the worklist; `after` is the last study of the page before. */
export function listStudies(
  query: string,
  after: string | null,
  signal?: AbortSignal,
): Promise<StudyRow[]> {
  const parameters = new URLSearchParams({ limit: String(PAGE) });
  if (query !== '') parameters.set('query', query);
  if (after !== null) parameters.set('after', after);
  return fetchJson<StudyRow[]>(`/api/studies?${parameters}`, { signal });
}

/** A worklist with one changed row: in its old place, or on top when it is new. */
export function withRow(rows: StudyRow[], changed: StudyRow): StudyRow[] {
  const at = rows.findIndex((row) => row.studyInstanceUid === changed.studyInstanceUid);
  return at < 0 ? [changed, ...rows] : rows.with(at, changed);
}

/** The rows of a further page, without those that came meanwhile as events. */
export function withPage(rows: StudyRow[], page: StudyRow[]): StudyRow[] {
  const known = new Set(rows.map((row) => row.studyInstanceUid));
  return [...rows, ...page.filter((row) => !known.has(row.studyInstanceUid))];
}

import { fetchJson } from '../api/client';
import type { Retention } from '../api/shapes';

const at = (studyInstanceUid: string) => `/api/studies/${studyInstanceUid}/retention`;

/** As the service limits it. */
export const longestReason = 500;

export function readRetention(studyInstanceUid: string, signal?: AbortSignal): Promise<Retention> {
  return fetchJson<Retention>(at(studyInstanceUid), { signal });
}

/** Holds the images, so that no policy deletes them, or releases them. */
export function changeHold(
  studyInstanceUid: string,
  held: boolean,
  reason: string,
): Promise<Retention> {
  return fetchJson<Retention>(`${at(studyInstanceUid)}/hold`, {
    method: 'PUT',
    body: { held, reason },
  });
}

/** Who holds them since when, without the trail's prefix of people. */
export function holderInWords(hold: NonNullable<Retention['hold']>): string {
  return `${hold.by.replace(/^user:/, '')}, ${hold.at.slice(0, 10)}`;
}

/** What becomes of the images, in words; null: not known. */
export function keepingInWords(retention: Retention | null): string | null {
  if (retention === null) return null;
  if (retention.imagesDeletedAt !== null) {
    return `deleted by retention on ${retention.imagesDeletedAt.slice(0, 10)}`;
  }
  return retention.hold === null
    ? 'kept as the retention policy says'
    : 'held: no policy deletes them';
}

import { fetchJson } from '../api/client';
import type { Report } from '../api/shapes';

const at = (studyInstanceUid: string, action = '') =>
  `/api/studies/${studyInstanceUid}/report${action}`;

export function readReport(studyInstanceUid: string, signal?: AbortSignal): Promise<Report> {
  return fetchJson<Report>(at(studyInstanceUid), { signal });
}

/** What a reviewer can ask of a report, with what the service needs to know for it. */
export type Decision =
  | { action: 'edit'; text: string }
  | { action: 'accept' }
  | { action: 'reject'; reason: string }
  | { action: 'sign'; password: string; meaning: string }
  | { action: 'amend'; text: string; reason: string };

/** Sends a decision made on a version; a 412 problem says that the version is no longer current. */
export function decide(
  studyInstanceUid: string,
  version: number,
  decision: Decision,
): Promise<Report> {
  const { action, ...body } = decision;
  if (action === 'edit') {
    return fetchJson<Report>(at(studyInstanceUid), { method: 'PUT', body, ifMatch: version });
  }
  return fetchJson<Report>(at(studyInstanceUid, `/${action}`), {
    method: 'POST',
    body: action === 'accept' ? undefined : body,
    ifMatch: version,
  });
}

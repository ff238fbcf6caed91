import { fetchJson } from '../api/client';
import { dicomDate } from '../patient/dates';

/** An earlier study of the same patient. */
export interface PriorStudy {
  studyInstanceUid: string;
  studyDate: string | null;
  studyDescription: string | null;
  modalities: string[];
  instanceCount: number;
}

/** What is known of a study's priors; `prior` when it is one itself and so never drafted. */
export interface Priors {
  prior: boolean;
  studies: PriorStudy[];
}

export function listPriors(studyInstanceUid: string, signal: AbortSignal): Promise<Priors> {
  return fetchJson<Priors>(`/api/studies/${studyInstanceUid}/priors`, { signal });
}

/** "2025-03-15 CT Thorax": what tells one prior from another at a glance. */
export function priorLabel(prior: PriorStudy): string {
  const parts = [
    dicomDate(prior.studyDate),
    prior.modalities.join('/'),
    prior.studyDescription ?? '',
  ];
  return parts.filter((part) => part !== '').join(' ') || prior.studyInstanceUid;
}

import { fetchJson } from '../api/client';
import { percent } from '../report/findingsOrder';

/** What a model says of a finding; null where it gives no probability or could not determine it. */
export interface Call {
  probability: number | null;
  present: boolean | null;
}

export interface ComparedModel {
  name: string;
  digest: string;
  text: string | null;
}

/** The draft beside what another model says of the same study. */
export interface Comparison {
  id: string;
  drafted: ComparedModel;
  shadow: ComparedModel;
  state: 'DUE' | 'DONE' | 'FAILED';
  failure: string | null;
  createdAt: string;
  agreed: number;
  findings: {
    findingId: string;
    name: string;
    drafted: Call;
    shadow: Call | null;
    agreed: boolean;
  }[];
}

export function listComparisons(uid: string, signal: AbortSignal): Promise<Comparison[]> {
  return fetchJson<Comparison[]>(`/api/studies/${uid}/comparisons`, { signal });
}

/** "present 83 %": what one of the models says. */
export function callInWords(call: Call | null): string {
  if (call === null) return 'not asked';
  const presence = call.present === null ? 'undetermined' : call.present ? 'present' : 'absent';
  return call.probability === null ? presence : `${presence} ${percent(call.probability)}`;
}

export function agreementInWords(comparison: Comparison): string {
  if (comparison.state === 'DUE') return 'has not read this study yet';
  if (comparison.state === 'FAILED') return `could not read it: ${comparison.failure ?? ''}`;
  return `agrees on ${comparison.agreed} of ${comparison.findings.length} findings`;
}

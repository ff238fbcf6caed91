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
  /** The contrastive model that scored beside it; null: none did. */
  contrastive: string | null;
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
  askedOfBoth: number;
  findings: {
    findingId: string;
    name: string;
    /** null: this model was not asked for it. */
    drafted: Call | null;
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

/** "overread-mini with medsiglip": the model, and the one beside it. */
export function modelInWords({ name, contrastive }: ComparedModel): string {
  return contrastive === null ? name : `${name} with ${contrastive}`;
}

export function agreementInWords(comparison: Comparison): string {
  if (comparison.state === 'DUE') return 'has not read this study yet';
  if (comparison.state === 'FAILED') return `could not read it: ${comparison.failure ?? ''}`;
  const { agreed, askedOfBoth, findings } = comparison;
  const alone = findings.length - askedOfBoth;
  if (findings.length === 0) return 'was asked for no findings either';
  if (askedOfBoth === 0) return 'was asked for other findings';
  const one = alone > 0 ? `; ${alone} asked of one alone` : '';
  return `agrees on ${agreed} of ${askedOfBoth} findings${one}`;
}

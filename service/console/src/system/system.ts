import { fetchJson } from '../api/client';
import type { Certificate, IntakeReason, LoadedModel, SystemState } from '../api/shapes';

export function systemState(signal?: AbortSignal): Promise<SystemState> {
  return fetchJson<SystemState>('/api/system', { signal });
}

export function loadedModels(signal?: AbortSignal): Promise<LoadedModel[]> {
  return fetchJson<LoadedModel[]>('/api/models', { signal });
}

/** Which model it is, what it does and where it runs. */
export function modelInWords(model: LoadedModel): string {
  const { name, version, weight, contrastive, provider } = model;
  // What drafts silently is compared as it is alone.
  const beside = contrastive === null ? '' : `, ${contrastive} beside it`;
  const drafts = model.shadow ? 'drafts silently' : `drafts${beside}`;
  const part =
    weight === null
      ? drafts
      : `scores findings beside, ${weight > 0 ? `weight ${weight}` : 'shown only'}`;
  return `${name} ${version}: ${part}; on ${provider}`;
}

const reasons: Record<IntakeReason, string> = {
  DISK: 'there is too little free space on the disk',
  UNWRITTEN: 'the database is behind with what was received',
  DRAFTS: 'too many studies wait for their drafts',
};

/** Why nothing is taken in, as the end of a sentence. */
export function reasonsInWords(names: IntakeReason[]): string {
  return names.map((name) => reasons[name] ?? name).join(', and ');
}

/** Whose certificate it is, and until when it is valid. */
export function certificateInWords({ subject, ours, notAfter }: Certificate, now: Date): string {
  const end = Date.parse(notAfter) < now.getTime() ? 'expired on' : 'valid until';
  return `${ours ? 'Ours' : 'Trusted'}, ${subject}: ${end} ${notAfter.slice(0, 10)}`;
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A number of bytes with two figures or more: 1,500,000 is "1.5 MB". */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

import { fetchJson } from '../api/client';
import type { AuditEntry } from '../api/shapes';

export function listAuditEntries(
  studyInstanceUid: string,
  signal?: AbortSignal,
): Promise<AuditEntry[]> {
  return fetchJson<AuditEntry[]>(`/api/studies/${studyInstanceUid}/audit`, { signal });
}

/** An action's name as words: `REPORT_SIGNED` is "Report signed". */
export function actionInWords(action: string): string {
  const words = action.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Who acted: `user:admin` is "admin", `ae:CT1` is "AE CT1". */
export function actorInWords(actor: string): string {
  if (actor.startsWith('user:')) return actor.slice(5);
  if (actor.startsWith('ae:')) return `AE ${actor.slice(3)}`;
  return actor;
}

/** A digest by its first digits, as Git shows them; other values whole. */
export function short(value: string): string {
  return /^(sha256:)?[0-9a-f]{40,}$/.test(value) ? `${value.slice(0, 16)}…` : value;
}

/** Runs of entries of one kind in a row (a hundred stored instances) are folded into one line. */
export interface EntryGroup {
  entries: AuditEntry[];
}

export function folded(entries: AuditEntry[]): EntryGroup[] {
  const groups: EntryGroup[] = [];
  for (const entry of [...entries].sort((one, other) => one.sequence - other.sequence)) {
    const group = groups.at(-1);
    const last = group?.entries.at(-1);
    if (
      group &&
      last &&
      last.action === entry.action &&
      last.outcome === entry.outcome &&
      last.actor === entry.actor
    ) {
      group.entries.push(entry);
    } else {
      groups.push({ entries: [entry] });
    }
  }
  // Two or three alike are easier to read one by one.
  return groups.flatMap((group) =>
    group.entries.length > 3 ? [group] : group.entries.map((entry) => ({ entries: [entry] })),
  );
}

import { fetchJson } from '../api/client';
import type { Delivery } from '../api/shapes';

const at = (studyInstanceUid: string) => `/api/studies/${studyInstanceUid}/deliveries`;

export function listDeliveries(
  studyInstanceUid: string,
  signal?: AbortSignal,
): Promise<Delivery[]> {
  return fetchJson<Delivery[]>(at(studyInstanceUid), { signal });
}

export function resend(studyInstanceUid: string, id: string): Promise<Delivery> {
  return fetchJson<Delivery>(`${at(studyInstanceUid)}/${id}/resend`, { method: 'POST' });
}

const kinds: Record<Delivery['kind'], string> = {
  SR: 'Structured report',
  PDF: 'Document (PDF)',
  SC: 'Marked image',
};

export function kindInWords(kind: Delivery['kind']): string {
  return kinds[kind] ?? kind;
}

/** What became of it; "sent" only where the destination said that it took it. */
export function stateInWords(delivery: Delivery): string {
  switch (delivery.state) {
    case 'QUEUED':
      return delivery.tries === 0 ? 'waiting to be sent' : `tried ${times(delivery.tries)}`;
    case 'SENT':
      return delivery.nextStepAt === null ? 'sent, not proven' : 'sent, to be proven';
    case 'COMMITTED':
      return 'delivered';
    case 'REFUSED':
      return 'refused';
    case 'GIVEN_UP':
      return 'given up';
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** The peer's status and its meaning, or why nothing more is done. */
export function reasonInWords(delivery: Delivery): string | null {
  const parts = [delivery.status, delivery.reason].filter((part) => part !== null);
  // A bare yes needs no words: the state says it.
  if (delivery.reason === null && (delivery.status === '0000' || delivery.status === '200'))
    return null;
  return parts.length === 0 ? null : parts.join(' · ');
}

/** Whether a person has to look at it. */
export function needsAttention(delivery: Delivery): boolean {
  return (
    delivery.state === 'REFUSED' ||
    (delivery.state === 'GIVEN_UP' && !isOutdated(delivery)) ||
    (delivery.state === 'QUEUED' && delivery.tries > 0)
  );
}

function isOutdated(delivery: Delivery): boolean {
  return delivery.event === 'DRAFT' && (delivery.reason ?? '').includes('takes its place');
}

export interface VersionOfDeliveries {
  reportId: string;
  version: number;
  event: Delivery['event'];
  deliveries: Delivery[];
}

/** One group for each version of a report, in the order in which they come: the newest first. */
export function byVersion(deliveries: Delivery[]): VersionOfDeliveries[] {
  const groups: VersionOfDeliveries[] = [];
  for (const delivery of deliveries) {
    const last = groups.at(-1);
    if (last && last.reportId === delivery.reportId && last.version === delivery.reportVersion) {
      last.deliveries.push(delivery);
    } else {
      groups.push({
        reportId: delivery.reportId,
        version: delivery.reportVersion,
        event: delivery.event,
        deliveries: [delivery],
      });
    }
  }
  return groups;
}

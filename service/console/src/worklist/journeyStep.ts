import type { ReviewState, StudyRow } from '../api/shapes';

/** Where a study stands on its way to a signed report. */
export interface JourneyStep {
  kind: 'receiving' | 'drafting' | 'unread' | 'unsigned' | 'signed' | 'attention' | 'idle';
  label: string;
  /** 0 to 1 while something is under way whose share is known, else null. */
  progress: number | null;
  detail: string | null;
}

export const reviewStateNames: Record<ReviewState, string> = {
  DRAFTED: 'Draft, unread',
  ACCEPTED: 'Accepted, not signed',
  EDITED: 'Edited, not signed',
  REJECTED: 'Draft rejected',
  SIGNED: 'Signed',
  AMENDING: 'Amendment, not signed',
  SUPERSEDED: 'Superseded',
};

export function journeyStep(row: StudyRow): JourneyStep {
  const { analysis, report } = row;
  if (row.state === 'RECEIVING') {
    const again = row.revision > 0 ? 'Receiving more' : 'Receiving';
    return { kind: 'receiving', label: again, progress: null, detail: images(row.instanceCount) };
  }
  if (analysis?.state === 'PENDING') {
    return step('drafting', 'Waiting for the model', 0, null);
  }
  if (analysis?.state === 'RUNNING') {
    return step('drafting', 'Drafting', clamp(analysis.progress ?? 0), analysis.step);
  }
  if (report === null) {
    return analysis?.state === 'FAILED'
      ? step('attention', 'No draft', null, analysis.failure ?? 'The model failed')
      : step('idle', 'No draft yet', null, null);
  }
  switch (report.reviewState) {
    case 'SIGNED': {
      const label = report.status === 'amended' ? 'Signed, amended' : 'Signed, final';
      return step('signed', label, null, null);
    }
    case 'DRAFTED':
      return step('unread', reviewStateNames.DRAFTED, null, failed(row));
    case 'ACCEPTED':
    case 'EDITED':
    case 'AMENDING':
      return step('unsigned', reviewStateNames[report.reviewState], null, failed(row));
    default:
      return step('attention', reviewStateNames[report.reviewState], null, failed(row));
  }
}

/** An older report stays when the model failed on newer images; that must be seen. */
function failed(row: StudyRow): string | null {
  return row.analysis?.state === 'FAILED' ? 'The model failed on the newest images' : null;
}

export type Filter = 'all' | 'toRead' | 'underWay' | 'signed' | 'attention';

export const filters: Record<Filter, { label: string; kinds: JourneyStep['kind'][] }> = {
  all: { label: 'All', kinds: [] },
  toRead: { label: 'To read', kinds: ['unread', 'unsigned'] },
  underWay: { label: 'Under way', kinds: ['receiving', 'drafting', 'idle'] },
  attention: { label: 'Needs attention', kinds: ['attention'] },
  signed: { label: 'Signed', kinds: ['signed'] },
};

export function passes(row: StudyRow, filter: Filter): boolean {
  const kinds = filters[filter].kinds;
  return kinds.length === 0 || kinds.includes(journeyStep(row).kind);
}

function step(
  kind: JourneyStep['kind'],
  label: string,
  progress: number | null,
  detail: string | null,
): JourneyStep {
  return { kind, label, progress, detail };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function images(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}

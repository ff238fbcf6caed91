import type { ReviewState, StudyRow } from '../api/shapes';

/** Where a study stands on its way to a signed report. */
export interface JourneyStep {
  kind:
    | 'receiving'
    | 'drafting'
    | 'unread'
    | 'unsigned'
    | 'signed'
    | 'attention'
    | 'undrafted'
    | 'idle';
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
  if (notDrafted(row)) {
    const label = report === null ? 'Not drafted' : 'Newest images not drafted';
    return step('undrafted', label, null, row.triage?.reason ?? null);
  }
  if (analysis?.state === 'PENDING') {
    const wait = { URGENT: 'urgent', NORMAL: null, OFF_PEAK: 'in the off-peak hours' };
    const detail = row.triage === null ? null : wait[row.triage.priority];
    return step('drafting', 'Waiting for the model', 0, detail);
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

/** A triage rule kept the newest images from the model. */
export function notDrafted(row: StudyRow): boolean {
  return row.triage !== null && !row.triage.draft && row.triage.revision === row.revision;
}

/** An older report stays when the model failed on newer images; that must be seen. */
function failed(row: StudyRow): string | null {
  return row.analysis?.state === 'FAILED' ? 'The model failed on the newest images' : null;
}

export type Filter = 'all' | 'toRead' | 'underWay' | 'signed' | 'attention' | 'undrafted';

export const filters: Record<Filter, { label: string; kinds: JourneyStep['kind'][] }> = {
  all: { label: 'All', kinds: [] },
  toRead: { label: 'To read', kinds: ['unread', 'unsigned'] },
  underWay: { label: 'Under way', kinds: ['receiving', 'drafting', 'idle'] },
  attention: { label: 'Needs attention', kinds: ['attention'] },
  undrafted: { label: 'Not drafted', kinds: ['undrafted'] },
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

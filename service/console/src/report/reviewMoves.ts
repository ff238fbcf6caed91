import type { ReviewState } from '../api/shapes';
import type { Decision } from './reports';

export type Move = Decision['action'];

/**
 * Which moves the review desk allows in which state: the console's copy, so that buttons can say
 * beforehand why they are closed. The service decides; its refusals are shown all the same.
 */
const allowed: Record<ReviewState, readonly Move[]> = {
  DRAFTED: ['accept', 'edit', 'reject'],
  ACCEPTED: ['edit', 'reject', 'sign'],
  EDITED: ['accept', 'edit', 'reject', 'sign'],
  REJECTED: ['edit'],
  SIGNED: ['amend'],
  AMENDING: ['edit', 'reject', 'sign'],
  SUPERSEDED: [],
};

const why: Record<ReviewState, Partial<Record<Move, string>> & { other: string }> = {
  DRAFTED: { sign: 'Accept or edit the draft first: a draft is never signed unread.', other: '' },
  ACCEPTED: { accept: 'The draft is accepted already.', other: '' },
  EDITED: { other: '' },
  REJECTED: {
    sign: 'The draft was rejected. Edit it to write a report of your own.',
    other: 'The draft was rejected. Edit it to write a report of your own.',
  },
  SIGNED: { other: 'The report is signed. To change it, amend it.' },
  AMENDING: {
    accept: 'Edit the amendment or sign it.',
    other: 'Sign the amendment or give it up.',
  },
  SUPERSEDED: { other: 'A newer revision of the study has a draft of its own.' },
};

/** Why a move is closed in a state, or null when it is open. */
export function moveRefusal(state: ReviewState, move: Move): string | null {
  if (allowed[state].includes(move)) return null;
  return why[state][move] ?? (why[state].other || 'Not possible in this state.');
}

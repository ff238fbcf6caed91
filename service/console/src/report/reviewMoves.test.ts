import { expect, test } from 'vitest';
import type { ReviewState } from '../api/shapes';
import { type Move, moveRefusal } from './reviewMoves';

const states: ReviewState[] = [
  'DRAFTED',
  'ACCEPTED',
  'EDITED',
  'REJECTED',
  'SIGNED',
  'AMENDING',
  'SUPERSEDED',
];
const moves: Move[] = ['accept', 'edit', 'reject', 'sign', 'amend'];

test('a draft that nobody has read cannot be signed', () => {
  expect(moveRefusal('DRAFTED', 'sign')).toMatch(/never signed unread/);
  expect(moveRefusal('ACCEPTED', 'sign')).toBeNull();
  expect(moveRefusal('EDITED', 'sign')).toBeNull();
});

test('a signed report can only be amended, and only a signed one can', () => {
  for (const move of moves) expect(moveRefusal('SIGNED', move) === null).toBe(move === 'amend');
  for (const state of states) {
    expect(moveRefusal(state, 'amend') === null).toBe(state === 'SIGNED');
  }
});

test('every closed move has a reason', () => {
  for (const state of states) {
    for (const move of moves) expect(moveRefusal(state, move)).not.toBe('');
  }
});

test('nothing can be done to a superseded report', () => {
  for (const move of moves) expect(moveRefusal('SUPERSEDED', move)).not.toBeNull();
});

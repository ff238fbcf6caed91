import { expect, test } from 'vitest';
import type { Delivery } from '../api/shapes';
import { byVersion, needsAttention, reasonInWords, stateInWords } from './deliveries';

const delivery = (change: Partial<Delivery>): Delivery => ({
  id: 'd',
  reportId: 'r',
  reportVersion: 3,
  event: 'SIGNATURE',
  kind: 'SR',
  sopInstanceUid: '2.25.1',
  destination: 'archive',
  state: 'QUEUED',
  tries: 0,
  status: null,
  reason: null,
  nextStepAt: '2026-11-25T10:00:00Z',
  updatedAt: '2026-11-25T10:00:00Z',
  ...change,
});

test('what an archive refused is never called sent', () => {
  const busy = delivery({ tries: 2, status: 'A700', reason: 'out of resources' });
  const refused = delivery({ state: 'REFUSED', status: '0122', reason: 'SOP Class not supported' });
  expect(stateInWords(busy)).toBe('tried 2 times');
  expect(reasonInWords(busy)).toBe('A700 · out of resources');
  expect(stateInWords(refused)).toBe('refused');
  expect([busy, refused].every(needsAttention)).toBe(true);
});

test('sent, proven and not provable are told apart', () => {
  expect(stateInWords(delivery({ state: 'SENT', status: '0000' }))).toBe('sent, to be proven');
  expect(stateInWords(delivery({ state: 'SENT', nextStepAt: null }))).toBe('sent, not proven');
  expect(stateInWords(delivery({ state: 'COMMITTED', nextStepAt: null }))).toBe('delivered');
  expect(reasonInWords(delivery({ state: 'SENT', status: '0000' }))).toBeNull();
});

test('a draft that gave way to the signed report needs nobody', () => {
  const outdated = delivery({
    state: 'GIVEN_UP',
    event: 'DRAFT',
    reason: 'a signed version of the report takes its place',
  });
  expect(needsAttention(outdated)).toBe(false);
  expect(needsAttention(delivery({ state: 'GIVEN_UP', reason: 'connection refused' }))).toBe(true);
});

test('deliveries are grouped by the version that they belong to', () => {
  const groups = byVersion([
    delivery({ id: 'a' }),
    delivery({ id: 'b', kind: 'PDF' }),
    delivery({ id: 'c', reportVersion: 1, event: 'DRAFT' }),
  ]);
  expect(groups.map((group) => [group.version, group.deliveries.length])).toEqual([
    [3, 2],
    [1, 1],
  ]);
});

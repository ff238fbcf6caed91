import { expect, test } from 'vitest';
import type { AuditEntry } from '../api/shapes';
import { actionInWords, actorInWords, folded, short } from './auditEntries';

const entry = (
  sequence: number,
  action: string,
  changes: Partial<AuditEntry> = {},
): AuditEntry => ({
  sequence,
  recordedAt: '2026-11-23T10:00:00Z',
  action,
  outcome: 'SUCCESS',
  actor: 'ae:CT1',
  subject: null,
  detail: {},
  digest: 'd',
  ...changes,
});

test('actions and actors read as words', () => {
  expect(actionInWords('REPORT_SIGNED')).toBe('Report signed');
  expect(actorInWords('user:admin')).toBe('admin');
  expect(actorInWords('ae:CT1')).toBe('AE CT1');
  expect(actorInWords('service')).toBe('service');
});

test('long runs of the same act fold, in the order of the chain', () => {
  const entries = [6, 5, 4, 3, 2].map((sequence) => entry(sequence, 'INSTANCE_STORED'));
  const groups = folded([...entries, entry(1, 'ASSOCIATION_ACCEPTED')]);
  expect(groups.map((group) => group.entries.map((each) => each.sequence))).toEqual([
    [1],
    [2, 3, 4, 5, 6],
  ]);
});

test('a refusal never hides in a run of successes', () => {
  const entries = [1, 2, 3, 4, 5].map((sequence) => entry(sequence, 'INSTANCE_STORED'));
  const refused = entry(6, 'INSTANCE_STORED', { outcome: 'REFUSED' });
  const groups = folded([
    ...entries,
    refused,
    ...[7, 8, 9, 10].map((s) => entry(s, 'INSTANCE_STORED')),
  ]);
  expect(groups.map((group) => group.entries.length)).toEqual([5, 1, 4]);
});

test('short runs stay single', () => {
  expect(folded([1, 2, 3].map((s) => entry(s, 'QUESTION_ASKED')))).toHaveLength(3);
});

test('digests are shortened, nothing else is', () => {
  expect(short('ab'.repeat(32))).toBe('abababababababab…');
  expect(short('1.2.840.10008.5.1.4.1.1.2.999999999999999999')).toMatch(/999$/);
});

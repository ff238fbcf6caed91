import { expect, test } from 'vitest';
import type { Finding } from '../api/shapes';
import { inReadingOrder, percent, presenceOf, stillSaid } from './findingsOrder';

const finding = (id: string, present: boolean | null): Finding => ({
  id,
  findingId: id,
  name: id,
  question: null,
  probability: 0.5,
  present,
  sentence: null,
  doubt: null,
  contrastive: null,
  codes: [],
  sopInstanceUid: null,
  frameNumber: null,
  region: null,
});

test('present comes first, then undetermined, then absent, each in the order given', () => {
  const order = inReadingOrder([
    finding('a', false),
    finding('b', null),
    finding('c', true),
    finding('d', false),
    finding('e', true),
  ]);
  expect(order.map((each) => each.id)).toEqual(['c', 'e', 'b', 'a', 'd']);
});

test('undetermined is neither present nor absent', () => {
  expect(presenceOf(finding('x', null))).toBe('undetermined');
});

test('a sentence counts as said whatever its blanks and capitals', () => {
  expect(stillSaid('No pleural effusion.', 'Heart normal.\nno  pleural\neffusion.')).toBe(true);
  expect(stillSaid('No pleural effusion.', 'Small pleural effusion.')).toBe(false);
  expect(stillSaid(null, '')).toBe(true);
});

test('a probability that the model does not give is said to be none', () => {
  expect(percent(null)).toBe('n/a');
});

test('a probability is never rounded to certainty', () => {
  expect(percent(0.997)).toBe('>99 %');
  expect(percent(0.001)).toBe('<1 %');
  expect(percent(1)).toBe('100 %');
  expect(percent(0)).toBe('0 %');
  expect(percent(0.424)).toBe('42 %');
});

import { expect, test } from 'vitest';
import { agreementInWords, callInWords, type Comparison } from './comparisons';

const comparison: Comparison = {
  id: '1',
  drafted: { name: 'one', digest: 'a', text: 'x' },
  shadow: { name: 'other', digest: 'b', text: null },
  state: 'DUE',
  failure: null,
  createdAt: '2026-11-26T00:00:00Z',
  agreed: 0,
  findings: [],
};

test('a call without a probability is a call, and none is made up', () => {
  expect(callInWords({ probability: null, present: false })).toBe('absent');
  expect(callInWords({ probability: 0.834, present: true })).toBe('present 83 %');
  expect(callInWords({ probability: 0.4, present: null })).toBe('undetermined 40 %');
  expect(callInWords(null)).toBe('not asked');
});

test('a comparison says how far it is', () => {
  expect(agreementInWords(comparison)).toBe('has not read this study yet');
  expect(agreementInWords({ ...comparison, state: 'FAILED', failure: 'gone.' })).toBe(
    'could not read it: gone.',
  );
  expect(agreementInWords({ ...comparison, state: 'DONE' })).toBe('agrees on 0 of 0 findings');
});

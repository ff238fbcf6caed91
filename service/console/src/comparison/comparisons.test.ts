import { expect, test } from 'vitest';
import { agreementInWords, callInWords, type Comparison, modelInWords } from './comparisons';

const comparison: Comparison = {
  id: '1',
  drafted: { name: 'one', digest: 'a', contrastive: null, text: 'x' },
  shadow: { name: 'other', digest: 'b', contrastive: null, text: null },
  state: 'DUE',
  failure: null,
  createdAt: '2026-11-26T00:00:00Z',
  agreed: 0,
  askedOfBoth: 0,
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
  expect(agreementInWords({ ...comparison, state: 'DONE' })).toBe(
    'was asked for no findings either',
  );
});

test('only what both were asked for can be agreed on', () => {
  const call = { probability: 0.2, present: false };
  const both = { findingId: 'mass', name: 'Mass', drafted: call, shadow: call, agreed: true };
  const one = { ...both, findingId: 'nodule', drafted: null, agreed: false };
  const done = { ...comparison, state: 'DONE' as const, agreed: 1, askedOfBoth: 1 };
  expect(agreementInWords({ ...done, findings: [both] })).toBe('agrees on 1 of 1 findings');
  expect(agreementInWords({ ...done, findings: [both, one] })).toBe(
    'agrees on 1 of 1 findings; 1 asked of one alone',
  );
  expect(agreementInWords({ ...done, agreed: 0, askedOfBoth: 0, findings: [one] })).toBe(
    'was asked for other findings',
  );
});

test('a model is told with the contrastive one beside it', () => {
  expect(modelInWords(comparison.drafted)).toBe('one');
  expect(modelInWords({ ...comparison.drafted, contrastive: 'clip' })).toBe('one with clip');
});

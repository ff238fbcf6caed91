import { expect, test } from 'vitest';
import { besideInWords, scoresInWords } from './contrastive';

const beside = { model: { name: 'medsiglip', version: '2', digest: 'cd' }, weight: 0.5 };

test('a contrastive model is told with its weight, or that it is only shown', () => {
  expect(besideInWords(beside)).toBe('medsiglip 2 beside it, weight 0.5');
  expect(besideInWords({ ...beside, weight: 0 })).toBe('medsiglip 2 beside it, shown only');
});

test('two calibrated scores are told with whose they are', () => {
  const score = { alone: 0.87, logOdds: 1.5, probability: 0.94, joined: true };
  expect(scoresInWords(score, beside, 'cxr')).toBe('cxr alone 87 % · medsiglip 94 %, joined');
  expect(scoresInWords({ ...score, joined: false }, beside, 'cxr')).toBe(
    'cxr alone 87 % · medsiglip 94 %: no part in the probability',
  );
});

test('a score that is not calibrated is never written as a percentage', () => {
  const score = { alone: 0.04, logOdds: -3.25, probability: null, joined: false };
  const words = scoresInWords(score, beside, 'cxr');
  expect(words).toBe('cxr alone 4 % · medsiglip −3.3, not calibrated: no part in the probability');
  expect(scoresInWords({ ...score, alone: null }, beside, 'cxr')).toContain('cxr alone n/a');
});

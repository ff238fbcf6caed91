import { expect, test } from 'vitest';
import type { AnalysisProgress, ReportReference } from '../api/shapes';
import { journeyStep, passes } from './journeyStep';
import { row } from './rowFixture';

const running: AnalysisProgress = {
  state: 'RUNNING',
  step: 'Findings',
  progress: 0.4,
  failure: null,
};
const failed: AnalysisProgress = { state: 'FAILED', step: null, progress: 0, failure: 'No image' };
const report = (changes: Partial<ReportReference>): ReportReference => ({
  id: 'r',
  status: 'preliminary',
  reviewState: 'DRAFTED',
  version: 1,
  ...changes,
});

test('a study that still receives says so, also when more comes later', () => {
  expect(journeyStep(row({ state: 'RECEIVING', revision: 0 })).label).toBe('Receiving');
  const later = row({ state: 'RECEIVING', revision: 1, report: report({}) });
  expect(journeyStep(later)).toMatchObject({ kind: 'receiving', label: 'Receiving more' });
});

test('a running analysis shows its step and its share, within bounds', () => {
  expect(journeyStep(row({ analysis: running }))).toEqual({
    kind: 'drafting',
    label: 'Drafting',
    progress: 0.4,
    detail: 'Findings',
  });
  expect(journeyStep(row({ analysis: { ...running, progress: 7 } })).progress).toBe(1);
});

test('a failed analysis without a report needs attention and says why', () => {
  expect(journeyStep(row({ analysis: failed }))).toMatchObject({
    kind: 'attention',
    detail: 'No image',
  });
});

test('a failed analysis of a later revision is not hidden by the older report', () => {
  expect(journeyStep(row({ analysis: failed, report: report({}) })).detail).toMatch(
    /newest images/,
  );
});

test('only a signed report is called signed', () => {
  const signed = row({ report: report({ status: 'final', reviewState: 'SIGNED' }) });
  expect(journeyStep(signed)).toMatchObject({ kind: 'signed', label: 'Signed, final' });
  const reopened = row({ report: report({ status: 'final', reviewState: 'AMENDING' }) });
  expect(journeyStep(reopened)).toMatchObject({ kind: 'unsigned', label: 'Amendment, not signed' });
});

test('what a rule keeps from the model is shown with the reason, and is not waited for', () => {
  const control = row({
    triage: { revision: 1, priority: 'NORMAL', draft: false, reason: 'quality control image' },
  });
  expect(journeyStep(control)).toMatchObject({
    kind: 'undrafted',
    label: 'Not drafted',
    detail: 'quality control image',
  });
  expect(passes(control, 'undrafted')).toBe(true);
  expect(passes(control, 'underWay')).toBe(false);
  expect(journeyStep({ ...control, revision: 2, state: 'RECEIVING' }).kind).toBe('receiving');
});

test('a draft that waits says what for', () => {
  const pending: AnalysisProgress = { state: 'PENDING', step: null, progress: 0, failure: null };
  const triage = { revision: 1, priority: 'OFF_PEAK', draft: true, reason: null } as const;
  expect(journeyStep(row({ analysis: pending, triage })).detail).toBe('in the off-peak hours');
});

test('filters sort by what is to be done', () => {
  expect(passes(row({ report: report({}) }), 'toRead')).toBe(true);
  expect(passes(row({ analysis: running }), 'underWay')).toBe(true);
  expect(passes(row({ analysis: failed }), 'attention')).toBe(true);
  expect(passes(row({ analysis: failed }), 'toRead')).toBe(false);
  expect(passes(row(), 'all')).toBe(true);
});

import { describe, expect, it } from 'vitest';
import { priorLabel, type PriorStudy } from './priors';

const prior: PriorStudy = {
  studyInstanceUid: '1.2.3',
  studyDate: '20250315',
  studyDescription: 'Thorax',
  modalities: ['CT', 'SR'],
  instanceCount: 3,
};

describe('the label of a prior', () => {
  it('is its date, its modalities and its description', () => {
    expect(priorLabel(prior)).toBe('2025-03-15 CT/SR Thorax');
  });

  it('leaves out what is not known', () => {
    expect(priorLabel({ ...prior, studyDescription: null, modalities: [] })).toBe('2025-03-15');
  });

  it('is the UID when nothing is known', () => {
    const unknown = { ...prior, studyDate: null, studyDescription: null, modalities: [] };
    expect(priorLabel(unknown)).toBe('1.2.3');
  });
});

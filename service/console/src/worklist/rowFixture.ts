import type { StudyRow } from '../api/shapes';

/** A complete study without a draft; tests change what they are about. */
export function row(changes: Partial<StudyRow> = {}): StudyRow {
  return {
    studyInstanceUid: '1.2.3',
    state: 'COMPLETE',
    revision: 1,
    patientName: 'Test^Patient',
    patientId: 'P1',
    patientBirthDate: '19700101',
    patientSex: 'O',
    accessionNumber: 'A1',
    studyDate: '20261123',
    studyTime: '101500',
    studyDescription: 'Chest',
    modalities: ['DX'],
    instanceCount: 2,
    firstInstanceAt: '2026-11-23T10:15:00Z',
    lastInstanceAt: '2026-11-23T10:16:00Z',
    completedAt: '2026-11-23T10:17:00Z',
    completeness: { state: 'COMPLETE', reason: 'quiet for 60 s' },
    triage: null,
    analysis: null,
    report: null,
    ...changes,
  };
}

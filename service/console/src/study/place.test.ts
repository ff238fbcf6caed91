import { expect, test } from 'vitest';
import { addressOf, placeOf, type Place } from './place';

test('an address leads back to its place', () => {
  const places: Place[] = [
    { page: 'worklist' },
    { page: 'triage' },
    { page: 'study', studyInstanceUid: '1.2.840.1', tab: 'report' },
    { page: 'study', studyInstanceUid: '1.2.840.1', tab: 'audit' },
  ];
  for (const place of places) expect(placeOf(addressOf(place))).toEqual(place);
});

test('an address that names no UID is the worklist', () => {
  for (const odd of ['', '#', '#/studies/', '#/studies/../api', '#/studies/1.2<script>', '#/x']) {
    expect(placeOf(odd)).toEqual({ page: 'worklist' });
  }
});

test('an unknown tab is the report', () => {
  expect(placeOf('#/studies/1.2?tab=nothing')).toMatchObject({ tab: 'report' });
});

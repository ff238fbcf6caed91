import { expect, test } from 'vitest';
import type { PresentationState } from '../api/shapes';
import type { Frame } from './frames';
import { appliesTo, nameOf, statesOf, unusable } from './presentationStates';

const state = (changes: Partial<PresentationState> = {}): PresentationState => ({
  sopInstanceUid: 'pr',
  label: '',
  description: '',
  creator: '',
  images: [{ sopInstanceUid: 'a', frames: [] }],
  notApplied: [],
  ...changes,
});
const frame = (sopInstanceUid: string, frameNumber = 1): Frame => ({
  sopInstanceUid,
  frameNumber,
  instanceNumber: null,
  rows: 4,
  columns: 4,
});

test('a state is about all frames of an image, or about those it names', () => {
  expect(appliesTo(state(), frame('a', 7))).toBe(true);
  expect(appliesTo(state(), frame('b'))).toBe(false);
  const second = state({ images: [{ sopInstanceUid: 'a', frames: [2] }] });
  expect(appliesTo(second, frame('a', 1))).toBe(false);
  expect(appliesTo(second, frame('a', 2))).toBe(true);
});

test('a stack offers the states of any of its frames', () => {
  const other = state({ images: [{ sopInstanceUid: 'c', frames: [] }] });
  expect(statesOf([state(), other], [frame('b'), frame('a')])).toEqual([state()]);
});

test('a state without images is one that cannot be shown', () => {
  const none = state({ images: [], notApplied: ['Color Softcopy Presentation State'] });
  expect(unusable([state(), none])).toEqual([none]);
  expect(statesOf([none], [frame('a')])).toEqual([]);
});

test('a state is called by what it says of itself', () => {
  expect(nameOf(state())).toBe('Presentation state');
  expect(nameOf(state({ label: 'MARKS' }))).toBe('MARKS');
  expect(nameOf(state({ label: 'MARKS', description: 'The nodule', creator: 'A B' }))).toBe(
    'The nodule (A B)',
  );
});

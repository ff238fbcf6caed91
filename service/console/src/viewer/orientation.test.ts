import { expect, test } from 'vitest';
import { edgeLetters } from './orientation';
import { cssMatrix, placementOf } from './placement';

test('an axial image has the patient left on its right', () => {
  expect(edgeLetters([1, 0, 0, 0, 1, 0])).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' });
});

test('a sagittal image has the head on top', () => {
  expect(edgeLetters([0, 1, 0, 0, 0, -1])).toEqual({
    left: 'A',
    right: 'P',
    top: 'H',
    bottom: 'F',
  });
});

test('an oblique image names the main direction first', () => {
  expect(edgeLetters([0.8, 0.6, 0, 0, 0, -1])?.right).toBe('LP');
  expect(edgeLetters([0.8, 0.6, 0, 0, 0, -1])?.left).toBe('RA');
});

test('what is no orientation has no letters', () => {
  expect(edgeLetters(null)).toBeNull();
  expect(edgeLetters([1, 0, 0])).toBeNull();
});

test('an overlay is placed by the corners of its image', () => {
  const placement = placementOf([10, 20], [110, 20], [10, 220], 50, 100);
  expect(placement).toEqual([2, 0, 0, 2, 10, 20]);
  expect(cssMatrix(placement!)).toBe('matrix(2, 0, 0, 2, 10, 20)');
  expect(placementOf([NaN, 0], [1, 0], [0, 1], 1, 1)).toBeNull();
});

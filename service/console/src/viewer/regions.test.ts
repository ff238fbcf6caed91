import { expect, test } from 'vitest';
import type { Finding, Question } from '../api/shapes';
import { cornersOf, locatedInWords, onFrame, regionsOfAnswer, regionsOfFindings } from './regions';

const box = { left: 10, top: 20, right: 30, bottom: 50 };
const finding: Finding = {
  id: 'a',
  findingId: 'nodule',
  name: 'Nodule',
  question: null,
  probability: 0.9,
  present: true,
  sentence: null,
  doubt: null,
  codes: null,
  contrastive: null,
  sopInstanceUid: '1.2',
  frameNumber: 2,
  region: { box, method: 'OCCLUSION' },
};
const frame = {
  sopInstanceUid: '1.2',
  frameNumber: 2,
  instanceNumber: 1,
  rows: 100,
  columns: 100,
};

test('the findings that have a region are outlined, the selected one stronger', () => {
  const regions = regionsOfFindings([finding, { ...finding, id: 'b', region: null }], 'a');
  expect(regions).toHaveLength(1);
  expect(regions[0]).toMatchObject({ label: 'Nodule', frameNumber: 2, chosen: true, box });
  expect(regionsOfFindings([finding], 'b')[0]?.chosen).toBe(false);
});

test('a region is drawn on its own frame alone', () => {
  const regions = regionsOfFindings([finding], null);
  expect(onFrame(regions, frame)).toHaveLength(1);
  expect(onFrame(regions, { ...frame, frameNumber: 1 })).toEqual([]);
  expect(onFrame(regions, { ...frame, sopInstanceUid: '1.3' })).toEqual([]);
  expect(onFrame(regions, undefined)).toEqual([]);
});

test('the way in which it was located is said in words', () => {
  expect(locatedInWords(finding)).toBe('Located by covering parts of the image');
  expect(locatedInWords({ ...finding, region: { box, method: null } })).toBe(
    'Located on the image',
  );
  expect(locatedInWords({ ...finding, region: null })).toBeNull();
});

test('the boxes of an answer are outlined', () => {
  const question = {
    regions: [{ label: 'rib', sopInstanceUid: '1.2', frameNumber: 1, box }],
  } as Question;
  expect(regionsOfAnswer(question)).toMatchObject([{ label: 'rib', chosen: true }]);
  expect(regionsOfAnswer({ regions: undefined } as unknown as Question)).toEqual([]);
});

test('the corners follow an image that is turned', () => {
  expect(cornersOf(box, [2, 0, 0, 2, 5, 7])).toEqual([
    [25, 47],
    [65, 47],
    [65, 107],
    [25, 107],
  ]);
  expect(cornersOf(box, [0, 1, -1, 0, 100, 0])[0]).toEqual([80, 10]);
});

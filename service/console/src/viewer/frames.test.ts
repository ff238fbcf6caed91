import { expect, test } from 'vitest';
import type { Instance, Study } from '../api/shapes';
import { row } from '../worklist/rowFixture';
import { frameAddress, stacksOf, whereSeen } from './frames';

const instance = (uid: string, changes: Partial<Instance> = {}): Instance => ({
  sopInstanceUid: uid,
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  instanceNumber: null,
  rows: 4,
  columns: 4,
  numberOfFrames: 1,
  ...changes,
});
const series = (uid: string, seriesNumber: number | null, instances: Instance[]) => ({
  seriesInstanceUid: uid,
  modality: 'CT',
  bodyPartExamined: null,
  seriesNumber,
  seriesDescription: null,
  instances,
});
const study: Study = {
  ...row(),
  modelInputs: [],
  series: [
    series('s9', null, [instance('sr', { rows: null, columns: null, numberOfFrames: null })]),
    series('s2', 2, [instance('loop', { numberOfFrames: 3 })]),
    series('s1', 1, [
      instance('b', { instanceNumber: 2 }),
      instance('a', { instanceNumber: 1, numberOfFrames: null }),
    ]),
  ],
};

test('series and instances are in the order of their numbers, frames one by one', () => {
  const stacks = stacksOf(study);
  expect(stacks.map((stack) => stack.series.seriesInstanceUid)).toEqual(['s1', 's2', 's9']);
  expect(stacks[0]?.frames.map((frame) => frame.sopInstanceUid)).toEqual(['a', 'b']);
  expect(stacks[1]?.frames.map((frame) => frame.frameNumber)).toEqual([1, 2, 3]);
});

test('instances without pixels are counted but not scrolled', () => {
  const last = stacksOf(study)[2];
  expect(last?.frames).toEqual([]);
  expect(last?.withoutImages).toHaveLength(1);
});

test('a finding leads to its frame', () => {
  const stacks = stacksOf(study);
  expect(whereSeen(stacks, { sopInstanceUid: 'loop', frameNumber: 2 })).toEqual({
    stack: 1,
    frame: 1,
  });
  expect(whereSeen(stacks, { sopInstanceUid: 'b', frameNumber: null })).toEqual({
    stack: 0,
    frame: 1,
  });
  expect(whereSeen(stacks, { sopInstanceUid: 'gone', frameNumber: 1 })).toBeNull();
});

test('a frame has the address of the HTTP API', () => {
  const frame = stacksOf(study)[1]?.frames[2];
  expect(frame && frameAddress('1.2.3', frame)).toBe('/api/studies/1.2.3/instances/loop/frames/3');
});

import { expect, test } from 'vitest';
import { withPage, withRow } from './studies';
import { row } from './rowFixture';

const uids = (rows: { studyInstanceUid: string }[]) => rows.map((each) => each.studyInstanceUid);

test('a changed study keeps its place', () => {
  const before = [row({ studyInstanceUid: '1' }), row({ studyInstanceUid: '2', revision: 1 })];
  const after = withRow(before, row({ studyInstanceUid: '2', revision: 2 }));
  expect(uids(after)).toEqual(['1', '2']);
  expect(after[1]?.revision).toBe(2);
  expect(before[1]?.revision).toBe(1);
});

test('a new study comes on top', () => {
  expect(uids(withRow([row({ studyInstanceUid: '1' })], row({ studyInstanceUid: '9' })))).toEqual([
    '9',
    '1',
  ]);
});

test('a page adds no study twice', () => {
  const rows = [row({ studyInstanceUid: '1' }), row({ studyInstanceUid: '2' })];
  const page = [row({ studyInstanceUid: '2' }), row({ studyInstanceUid: '3' })];
  expect(uids(withPage(rows, page))).toEqual(['1', '2', '3']);
});

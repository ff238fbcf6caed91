import { expect, test } from 'vitest';
import { wordDiff } from './wordDiff';

const joined = (changes: ReturnType<typeof wordDiff>, leaveOut: 'added' | 'removed') =>
  changes
    .filter((change) => change.kind !== leaveOut)
    .map((change) => change.text)
    .join('');

test('a changed word is removed and added', () => {
  expect(wordDiff('No pleural effusion.', 'Small pleural effusion.')).toEqual([
    { kind: 'removed', text: 'No' },
    { kind: 'added', text: 'Small' },
    { kind: 'same', text: ' pleural effusion.' },
  ]);
});

test('equal texts have no change, an empty one is all removed', () => {
  expect(wordDiff('Same.', 'Same.')).toEqual([{ kind: 'same', text: 'Same.' }]);
  expect(wordDiff('Gone', '')).toEqual([{ kind: 'removed', text: 'Gone' }]);
  expect(wordDiff('', '')).toEqual([]);
});

test('both texts can be read back from the changes', () => {
  const before = 'Heart size is normal.\nLungs: clear. 肺野 清.\n\nNo effusion, no pneumothorax.';
  const after =
    'Heart size: enlarged.\nLungs clear. 肺野 異常.\nNo pneumothorax; effusion present.';
  const changes = wordDiff(before, after);
  expect(joined(changes, 'added')).toBe(before);
  expect(joined(changes, 'removed')).toBe(after);
  expect(changes.some((change) => change.kind === 'same')).toBe(true);
});

test('texts too long to compare are still shown whole', () => {
  const before = Array.from({ length: 2500 }, (_, index) => `a${index}`).join(' ');
  const after = Array.from({ length: 2500 }, (_, index) => `b${index}`).join(' ');
  const changes = wordDiff(before, after);
  expect(joined(changes, 'added')).toBe(before);
  expect(joined(changes, 'removed')).toBe(after);
});

test('a new wording reads as one phrase', () => {
  expect(wordDiff('There is no rib fracture.', 'Healed fracture of a rib.')).toEqual([
    { kind: 'removed', text: 'There is no rib fracture' },
    { kind: 'added', text: 'Healed fracture of a rib' },
    { kind: 'same', text: '.' },
  ]);
});

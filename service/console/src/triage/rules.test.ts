import { expect, test } from 'vitest';
import { aroundMistake, effectsInWords, moved, newRule } from './rules';

test('a rule tells what it does', () => {
  expect(effectsInWords({ ...newRule, draft: false, reason: 'phantom' })).toBe(
    'not drafted: phantom',
  );
  expect(effectsInWords({ ...newRule, priority: 'OFF_PEAK', catalogue: 'chest-ct' })).toBe(
    'off-peak, asks chest-ct',
  );
});

test('a rule moves up and down, and not out of the list', () => {
  const rules = ['a', 'b', 'c'].map((name) => ({ ...newRule, name }));
  const names = (from: number, to: number) => moved(rules, from, to).map((rule) => rule.name);
  expect(names(2, 0)).toEqual(['c', 'a', 'b']);
  expect(names(0, 1)).toEqual(['b', 'a', 'c']);
  expect(names(0, -1)).toEqual(['a', 'b', 'c']);
  expect(names(2, 3)).toEqual(['a', 'b', 'c']);
});

test('the place of a mistake is marked, also behind the end', () => {
  expect(aroundMistake('Modalty = CT', 0)).toEqual(['', 'M', 'odalty = CT']);
  expect(aroundMistake('Modality =', 10)).toEqual(['Modality =', ' ', '']);
});

import { expect, test } from 'vitest';
import { type Command, commandOf, commands, hint, type Place } from './keymap';

const plain = { ctrlKey: false, metaKey: false, altKey: false };
const all = Object.keys(commands) as Command[];
const on = (...places: Place[]) =>
  all.filter((command) => places.includes(commands[command].place));

test('no key means two things on one page', () => {
  for (const page of [on('everywhere', 'worklist'), on('everywhere', 'images', 'report')]) {
    const keys = page.flatMap((command) => [...commands[command].keys]);
    expect(new Set(keys).size, keys.join(' ')).toBe(keys.length);
  }
});

test('a stroke means its command whether or not shift or caps lock is on', () => {
  expect(commandOf({ key: 'w', ...plain }, all)).toBe('windowLevel');
  expect(commandOf({ key: 'W', ...plain }, all)).toBe('windowLevel');
  expect(commandOf({ key: '?', ...plain }, all)).toBe('help');
});

test('strokes with a modifier are left to the browser', () => {
  expect(commandOf({ key: 'r', ...plain, ctrlKey: true }, all)).toBeNull();
  expect(commandOf({ key: 'p', ...plain, metaKey: true }, all)).toBeNull();
});

test('a stroke means only what the page offers', () => {
  expect(commandOf({ key: 'j', ...plain }, on('worklist'))).toBe('next');
  expect(commandOf({ key: 'j', ...plain }, on('images'))).toBe('imageDown');
  expect(commandOf({ key: 's', ...plain }, on('images'))).toBeNull();
});

test('hints are written the way keyboards write them', () => {
  expect(hint('back')).toBe('Esc');
  expect(hint('windowLevel')).toBe('W');
  expect(hint('seriesNext')).toBe('→');
});

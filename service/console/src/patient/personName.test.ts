import { expect, test } from 'vitest';
import { personName } from './personName';

test('family name first, a comma, then the rest', () => {
  expect(personName('Adams^John Robert Quincy^^Rev.^B.A. M.Div.')).toEqual({
    main: 'Adams, Rev. John Robert Quincy, B.A. M.Div.',
    other: null,
  });
});

test('an ideographic group is shown beside the alphabetic one', () => {
  expect(personName('Yamada^Tarou=山田^太郎=やまだ^たろう')).toEqual({
    main: 'Yamada, Tarou',
    other: '山田 太郎',
  });
  expect(personName('=洪^吉洞=홍^길동')).toEqual({ main: '洪 吉洞', other: '홍 길동' });
});

test('Greek, Arabic and Cyrillic names keep their letters', () => {
  expect(personName('Διονυσιος').main).toBe('Διονυσιος');
  expect(personName('قباني^لنزار').main).toBe('قباني, لنزار');
  expect(personName('Люкceмбypг').main).toBe('Люкceмбypг');
});

test('an empty name says so', () => {
  expect(personName('').main).toBe('No name');
  expect(personName(null).main).toBe('No name');
  expect(personName('^^^^').main).toBe('No name');
});

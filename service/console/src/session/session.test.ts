import { expect, test } from 'vitest';
import type { Role } from '../api/shapes';
import { mayRead, mayReview, reviewRefusal } from './session';

const as = (...roles: Role[]) => ({ username: 'u', displayName: 'U', roles });

test('a radiologist reads and reviews', () => {
  expect(mayRead(as('radiologist'))).toBe(true);
  expect(mayReview(as('radiologist'))).toBe(true);
  expect(reviewRefusal(as('radiologist', 'auditor'))).toBeNull();
});

test('an administrator alone is told why he may not review', () => {
  expect(mayRead(as('administrator'))).toBe(false);
  expect(reviewRefusal(as('administrator'))).toMatch(/Only a radiologist/);
});

test('an auditor alone neither reads nor reviews', () => {
  expect(mayRead(as('auditor'))).toBe(false);
  expect(mayReview(as('auditor'))).toBe(false);
});

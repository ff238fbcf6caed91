import { expect, test } from 'vitest';
import { csrfToken } from './client';

test('the CSRF token is read from its cookie wherever it stands', () => {
  expect(csrfToken('a=1; XSRF-TOKEN=abc%3D; b=2')).toBe('abc=');
  expect(csrfToken('XSRF-TOKEN=x=y')).toBe('x=y');
  expect(csrfToken('OTHER-XSRF-TOKEN=no')).toBeNull();
});

import { expect, test } from 'vitest';
import { ageAt, ago, dicomDate, dicomTime, localInstant } from './dates';

test('DICOM dates and times are shown the ISO way, odd ones as they came', () => {
  expect(dicomDate('20261123')).toBe('2026-11-23');
  expect(dicomDate('2026.11.23')).toBe('2026-11-23');
  expect(dicomDate('Nov 2026')).toBe('Nov 2026');
  expect(dicomDate(null)).toBe('');
  expect(dicomTime('140355.123')).toBe('14:03');
  expect(dicomTime('9')).toBe('9');
});

test('the age counts birthdays, not years', () => {
  expect(ageAt('19600615', '20260614')).toBe(65);
  expect(ageAt('19600615', '20260615')).toBe(66);
  expect(ageAt('', '20260615')).toBeNull();
  expect(ageAt('20300101', '20260615')).toBeNull();
});

test('how long ago is coarse', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(ago('2026-11-23T11:59:30Z', now)).toBe('just now');
  expect(ago('2026-11-23T11:56:00Z', now)).toBe('4 min');
  expect(ago('2026-11-23T09:00:00Z', now)).toBe('3 h');
  expect(ago('2026-11-20T12:00:00Z', now)).toBe('3 d');
  expect(ago('2026-11-23T12:00:05Z', now)).toBe('just now');
});

test('an instant that cannot be read is shown as it came', () => {
  expect(localInstant('soon')).toBe('soon');
  expect(localInstant('2026-11-23T12:00:05', true)).toBe('2026-11-23 12:00:05');
});

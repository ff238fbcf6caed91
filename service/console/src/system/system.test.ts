import { expect, test } from 'vitest';
import { certificateInWords, modelInWords, reasonsInWords, size } from './system';

test('a size is told in the unit that fits it', () => {
  expect(size(0)).toBe('0 bytes');
  expect(size(999)).toBe('999 bytes');
  expect(size(1_500_000)).toBe('1.5 MB');
  expect(size(70_200_000_000)).toBe('70 GB');
});

test('a model is told with what it does', () => {
  const model = {
    name: 'mini',
    version: '3',
    digest: 'ab',
    provider: 'CPU',
    remote: false,
    shadow: false,
    contrastive: 'clip',
    weight: null,
  };
  expect(modelInWords(model)).toBe('mini 3: drafts, clip beside it; on CPU');
  expect(modelInWords({ ...model, shadow: true })).toBe('mini 3: drafts silently; on CPU');
  expect(modelInWords({ ...model, contrastive: null, weight: 0.5 })).toBe(
    'mini 3: scores findings beside, weight 0.5; on CPU',
  );
});

test('the reasons end a sentence', () => {
  expect(reasonsInWords(['DISK'])).toBe('there is too little free space on the disk');
  expect(reasonsInWords(['DISK', 'DRAFTS'])).toContain(', and too many studies');
});

test('a certificate is told with its last day', () => {
  const certificate = {
    subject: 'CN=overread',
    ours: true,
    notAfter: '2026-12-24T10:00:00Z',
    expiring: true,
  };
  expect(certificateInWords(certificate, new Date('2026-12-01'))).toBe(
    'Ours, CN=overread: valid until 2026-12-24',
  );
  expect(certificateInWords({ ...certificate, ours: false }, new Date('2027-01-01'))).toBe(
    'Trusted, CN=overread: expired on 2026-12-24',
  );
});

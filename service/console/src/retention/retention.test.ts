import { afterEach, expect, test, vi } from 'vitest';
import { changeHold, holderInWords, keepingInWords } from './retention';

const hold = { reason: 'lawsuit 12/26', by: 'user:ada', at: '2026-11-26T01:02:03Z' };

afterEach(() => vi.unstubAllGlobals());

test('what becomes of the images is said in words', () => {
  expect(keepingInWords(null)).toBeNull();
  expect(keepingInWords({ imagesDeletedAt: null, hold: null })).toContain('retention policy');
  expect(keepingInWords({ imagesDeletedAt: null, hold })).toBe('held: no policy deletes them');
  expect(keepingInWords({ imagesDeletedAt: '2026-11-26T01:02:03Z', hold: null })).toBe(
    'deleted by retention on 2026-11-26',
  );
});

test('a person is named without the trail’s prefix', () => {
  expect(holderInWords(hold)).toBe('ada, 2026-11-26');
});

test('a hold is put with its reason', async () => {
  const answer = { imagesDeletedAt: null, hold };
  const fetched = vi.fn(
    async (_path: string, _init: RequestInit) => new Response(JSON.stringify(answer)),
  );
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('document', { cookie: 'XSRF-TOKEN=t' });

  expect(await changeHold('1.2', true, 'lawsuit 12/26')).toEqual(answer);

  expect(fetched.mock.calls[0]?.[0]).toBe('/api/studies/1.2/retention/hold');
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({
    method: 'PUT',
    body: '{"held":true,"reason":"lawsuit 12/26"}',
  });
});

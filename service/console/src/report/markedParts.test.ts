import { describe, expect, it } from 'vitest';
import { markedParts } from './markedParts';

const mark = (sentence: string, reason: string) => ({
  sentence,
  doubt: { guard: 'measurement', reason },
});

describe('markedParts', () => {
  it('parts the text at its marked sentences and leaves nothing out', () => {
    const text = 'The heart is enlarged. A nodule of 8 mm. No effusion.';
    const parts = markedParts(text, [
      mark('A nodule of 8 mm.', 'It measures.'),
      mark('A nodule of 8 mm.', 'It contradicts.'),
    ]);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts[1]).toEqual({
      text: 'A nodule of 8 mm.',
      doubts: ['It measures.', 'It contradicts.'],
    });
  });

  it('passes over a mark whose sentence was edited away', () => {
    expect(markedParts('No effusion.', [mark('A nodule of 8 mm.', 'x')])).toEqual([
      { text: 'No effusion.', doubts: [] },
    ]);
    expect(markedParts('', [mark('', 'x')])).toEqual([]);
  });
});

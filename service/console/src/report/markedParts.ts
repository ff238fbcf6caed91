import type { DraftMark } from '../api/shapes';

/** A piece of a report's text, with what guards have against it. */
export interface MarkedPart {
  text: string;
  doubts: string[];
}

/** The text in pieces, so that each marked sentence is one; put together they are the text. */
export function markedParts(text: string, marks: DraftMark[]): MarkedPart[] {
  const doubts = new Map<string, string[]>();
  for (const mark of marks) {
    if (mark.sentence === '') continue;
    doubts.set(mark.sentence, [...(doubts.get(mark.sentence) ?? []), mark.doubt.reason]);
  }
  const parts: MarkedPart[] = [];
  let from = 0;
  while (from < text.length) {
    let next: { at: number; sentence: string } | null = null;
    for (const sentence of doubts.keys()) {
      const at = text.indexOf(sentence, from);
      const nearer = next === null || at < next.at;
      const longer = next !== null && at === next.at && sentence.length > next.sentence.length;
      if (at >= 0 && (nearer || longer)) next = { at, sentence };
    }
    if (next === null) break;
    if (next.at > from) parts.push({ text: text.slice(from, next.at), doubts: [] });
    parts.push({ text: next.sentence, doubts: doubts.get(next.sentence) ?? [] });
    from = next.at + next.sentence.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), doubts: [] });
  return parts;
}

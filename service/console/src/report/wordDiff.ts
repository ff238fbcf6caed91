/** A run of text that both versions share, or that only one of them has. */
export interface Change {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Above this many cells the middle is shown as replaced as a whole rather than compared. */
const LARGEST_TABLE = 4_000_000;

/** What turns one text into another, word by word (longest common subsequence). */
export function wordDiff(before: string, after: string): Change[] {
  const old = words(before);
  const fresh = words(after);
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (
    end < Math.min(old.length, fresh.length) - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  ) {
    end++;
  }
  const changes: Change[] = [];
  add(changes, 'same', old.slice(0, start));
  middle(changes, old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  add(changes, 'same', old.slice(old.length - end));
  return inPhrases(changes);
}

/**
 * Joins changes that only blanks keep apart, so that a new wording reads as one phrase against the
 * old one and not as word against word.
 */
function inPhrases(changes: Change[]): Change[] {
  const phrases: Change[] = [];
  let removed = '';
  let added = '';
  const close = () => {
    if (removed !== '') phrases.push({ kind: 'removed', text: removed });
    if (added !== '') phrases.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const [index, change] of changes.entries()) {
    const between = index > 0 && index < changes.length - 1;
    if (change.kind === 'removed') removed += change.text;
    else if (change.kind === 'added') added += change.text;
    else if (between && /^[^\S\n]+$/.test(change.text)) {
      removed += change.text;
      added += change.text;
    } else {
      close();
      phrases.push(change);
    }
  }
  close();
  return phrases;
}

/** Words and the blanks between them, so that joining them gives the text back. */
function words(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

function middle(changes: Change[], old: string[], fresh: string[]): void {
  if (old.length * fresh.length > LARGEST_TABLE) {
    add(changes, 'removed', old);
    add(changes, 'added', fresh);
    return;
  }
  const common = commonLengths(old, fresh);
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      add(changes, 'same', [old[i++] as string]);
      j++;
    } else if (
      j >= fresh.length ||
      (i < old.length && at(common, i + 1, j) >= at(common, i, j + 1))
    ) {
      add(changes, 'removed', [old[i++] as string]);
    } else {
      add(changes, 'added', [fresh[j++] as string]);
    }
  }
}

/** For each pair of positions, how many words the rests of both texts have in common. */
function commonLengths(old: string[], fresh: string[]): Uint32Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint32Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    const row = table[i] as Uint32Array;
    for (let j = fresh.length - 1; j >= 0; j--) {
      row[j] =
        old[i] === fresh[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

function at(table: Uint32Array[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

function add(changes: Change[], kind: Change['kind'], parts: string[]): void {
  if (parts.length === 0) return;
  const text = parts.join('');
  const last = changes.at(-1);
  if (last?.kind === kind) last.text += text;
  else changes.push({ kind, text });
}

/** A DICOM person name (PS3.5 6.2.1) as a reader wants to see it. */
export interface PersonName {
  /** The name to show first. */
  main: string;
  /** The same name in another script, or null. */
  other: string | null;
}

/**
 * Reads a PN value: up to three groups (alphabetic, ideographic, phonetic) separated by `=`, each
 * of five components separated by `^` (family, given, middle, prefix, suffix).
 */
export function personName(value: string | null | undefined): PersonName {
  const [alphabetic = '', ideographic = '', phonetic = ''] = (value ?? '').split('=').map(group);
  const names = [alphabetic, ideographic, phonetic].filter((name) => name !== '');
  return { main: names[0] ?? 'No name', other: names[1] ?? null };
}

function group(value: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = value
    .split('^')
    .map((component) => component.trim());
  const after = [prefix, given, middle].filter(Boolean).join(' ');
  const name = [family, after].filter(Boolean).join(needsComma(family) ? ', ' : ' ');
  return [name, suffix].filter(Boolean).join(', ');
}

/** Scripts that write the family name first anyway take no comma after it. */
function needsComma(family: string): boolean {
  return !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(family);
}

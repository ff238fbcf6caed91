/** Letters at the edges of an image: where in the patient its rows and columns lead. */
export interface EdgeLetters {
  left: string;
  right: string;
  top: string;
  bottom: string;
}

/**
 * From Image Orientation (Patient): direction cosines of a row, then of a column, along left,
 * posterior and head (PS3.3 C.7.6.2.1.1). Null when it is none.
 */
export function edgeLetters(orientation: number[] | null): EdgeLetters | null {
  if (orientation?.length !== 6) return null;
  const right = letters(orientation.slice(0, 3));
  const bottom = letters(orientation.slice(3, 6));
  return right && bottom ? { right, left: opposite(right), bottom, top: opposite(bottom) } : null;
}

const axes = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const;

/** The main direction first, then those that lead away from it noticeably. */
function letters(cosines: number[]): string {
  return cosines
    .map((cosine, axis) => ({ size: Math.abs(cosine), letter: axes[axis]?.[cosine > 0 ? 0 : 1] }))
    .filter(({ size }) => size > 0.25)
    .sort((one, other) => other.size - one.size)
    .map(({ letter }) => letter)
    .join('');
}

function opposite(direction: string): string {
  const turned: Record<string, string> = { L: 'R', R: 'L', P: 'A', A: 'P', H: 'F', F: 'H' };
  return [...direction].map((letter) => turned[letter]).join('');
}

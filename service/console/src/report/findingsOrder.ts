import type { Finding } from '../api/shapes';

export const presence = { present: 'Present', absent: 'Absent', undetermined: 'Undetermined' };
export type Presence = keyof typeof presence;

export function presenceOf(finding: Finding): Presence {
  if (finding.present === null) return 'undetermined';
  return finding.present ? 'present' : 'absent';
}

const rank: Record<Presence, number> = { present: 0, undetermined: 1, absent: 2 };

/** What needs the reader's eye first; within that, the catalogue's order. */
export function inReadingOrder(findings: Finding[]): Finding[] {
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort(
      (one, other) =>
        rank[presenceOf(one.finding)] - rank[presenceOf(other.finding)] || one.index - other.index,
    )
    .map(({ finding }) => finding);
}

/** True when the report still says a finding's sentence, whatever its blanks. */
export function stillSaid(sentence: string | null, text: string): boolean {
  if (!sentence) return true;
  const flat = (value: string) => value.replace(/\s+/g, ' ').trim().toLowerCase();
  return flat(text).includes(flat(sentence).replace(/[.]$/, ''));
}

/** A probability as whole percent, never rounded to a certainty the model did not claim. */
export function percent(probability: number | null): string {
  if (probability === null) return 'n/a';
  const whole = Math.round(probability * 100);
  if (whole >= 100 && probability < 1) return '>99 %';
  if (whole <= 0 && probability > 0) return '<1 %';
  return `${whole} %`;
}

import type { Completeness } from '../api/shapes';

/** Such as "partial: forced end after 90 min, series 'B' missing". */
export function completenessInWords({ state, reason }: Completeness): string {
  return `${state.toLowerCase()}: ${reason}`;
}

/** Whether all of a study is here, and why so. */
export function CompletenessWords({ of }: { of: Completeness }) {
  return (
    <span className={`completeness ${of.state.toLowerCase()}`} data-testid="completeness">
      {completenessInWords(of)}
    </span>
  );
}

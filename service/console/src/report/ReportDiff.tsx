import { useMemo } from 'react';
import { wordDiff } from './wordDiff';

interface Props {
  before: string;
  after: string;
  label: string;
}

/** Two versions of a text in one: what went is struck through, what came is underlined. */
export function ReportDiff({ before, after, label }: Props) {
  const changes = useMemo(() => wordDiff(before, after), [before, after]);
  return (
    <div className="report-text diff" role="group" aria-label={label} data-testid="report-diff">
      {changes.map((change, index) => {
        if (change.kind === 'added') return <ins key={index}>{change.text}</ins>;
        if (change.kind === 'removed') return <del key={index}>{change.text}</del>;
        return <span key={index}>{change.text}</span>;
      })}
    </div>
  );
}

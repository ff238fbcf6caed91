import { useEffect, useRef } from 'react';
import type { Finding, Report } from '../api/shapes';
import { locatedInWords } from '../viewer/regions';
import { ProbabilityBar } from './ProbabilityBar';
import { scoresInWords } from './contrastive';
import { percent, presence, presenceOf, stillSaid } from './findingsOrder';

interface Props {
  findings: Finding[];
  /** Which models scored them. */
  scoredBy: Pick<Report, 'model' | 'contrastive'>;
  selected: string | null;
  /** What the machine drafted and the report as it stands, to mark what a person took out. */
  draft: string;
  text: string;
  onSelect: (finding: Finding) => void;
}

export function Findings({ findings, scoredBy, selected, draft, text, onSelect }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  if (findings.length === 0) {
    return <p className="muted">The model scored no findings for these images.</p>;
  }
  return (
    <ul ref={list} className="findings" aria-label="Findings of the model" data-testid="findings">
      {findings.map((finding) => (
        <li key={finding.id}>
          <FindingRow
            finding={finding}
            scoredBy={scoredBy}
            selected={finding.id === selected}
            dropped={stillSaid(finding.sentence, draft) && !stillSaid(finding.sentence, text)}
            onSelect={() => onSelect(finding)}
          />
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  finding: Finding;
  scoredBy: Pick<Report, 'model' | 'contrastive'>;
  selected: boolean;
  /** The draft said its sentence, the report no longer does. */
  dropped: boolean;
  onSelect: () => void;
}

function FindingRow({ finding, scoredBy, selected, dropped, onSelect }: RowProps) {
  const state = presenceOf(finding);
  const codes = finding.codes?.map((code) => `${code.display ?? ''} ${code.code}`.trim()) ?? [];
  return (
    <button
      type="button"
      className={`finding ${state}`}
      aria-pressed={selected}
      onClick={onSelect}
      title={['Show the image of this finding', locatedInWords(finding), ...codes]
        .filter(Boolean)
        .join('\n')}
      data-testid="finding"
      data-finding={finding.findingId}
    >
      <span className={`presence ${state}`}>{presence[state]}</span>
      <span className="finding-name">{finding.name}</span>
      {finding.probability !== null && (
        <ProbabilityBar value={finding.probability} label={`Probability of ${finding.name}`} />
      )}
      <span
        className="figures probability"
        title={finding.probability === null ? 'The model gives no probability' : undefined}
      >
        {percent(finding.probability)}
      </span>
      {finding.contrastive && scoredBy.contrastive && (
        <span className="muted both-scores" data-testid="both-scores">
          {scoresInWords(
            finding.contrastive,
            scoredBy.contrastive,
            scoredBy.model?.name ?? 'the model',
          )}
        </span>
      )}
      <span className="finding-sentence">
        {finding.sentence}
        {finding.region?.method === 'OCCLUSION' && (
          <em className="located">its place is a guess, by covering parts of the image</em>
        )}
        {finding.doubt && <em className="doubt">{finding.doubt.reason}</em>}
        {dropped && <em className="unsaid">no longer in the report</em>}
      </span>
    </button>
  );
}

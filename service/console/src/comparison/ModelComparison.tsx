import { useEffect, useState } from 'react';
import type { Study } from '../api/shapes';
import {
  agreementInWords,
  callInWords,
  type Comparison,
  listComparisons,
  modelInWords,
} from './comparisons';

/** The draft beside what models in shadow mode say; nothing where none reads silently. */
export function ModelComparison({ study, hidden }: { study: Study; hidden: boolean }) {
  const uid = study.studyInstanceUid;
  const [comparisons, setComparisons] = useState<Comparison[]>([]);

  useEffect(() => {
    if (!study.report) return undefined;
    const leaving = new AbortController();
    // The report does not depend on them: without an answer there is just nothing to see here.
    listComparisons(uid, leaving.signal).then(setComparisons, () => {});
    return () => leaving.abort();
  }, [uid, study.revision, study.report]);

  if (hidden || comparisons.length === 0) return null;
  return (
    <section className="small" aria-label="Other models" data-testid="comparisons">
      {comparisons.map((comparison) => (
        <details key={comparison.id}>
          <summary>
            {comparison.shadow.name} {agreementInWords(comparison)}
          </summary>
          <p className="muted">Shown for comparison only. It is no part of the report.</p>
          {comparison.state === 'DONE' && <SideBySide comparison={comparison} />}
        </details>
      ))}
    </section>
  );
}

function SideBySide({ comparison }: { comparison: Comparison }) {
  const { drafted, shadow, findings } = comparison;
  return (
    <div className="compared">
      <table>
        <thead>
          <tr>
            <th scope="col">Finding</th>
            <th scope="col" title={drafted.digest}>
              {modelInWords(drafted)}
            </th>
            <th scope="col" title={shadow.digest}>
              {modelInWords(shadow)}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Text</th>
            <td className="compared-text">{drafted.text}</td>
            <td className="compared-text">{shadow.text || 'It wrote nothing.'}</td>
          </tr>
          {findings.map((row) => (
            <tr key={row.findingId}>
              <th scope="row">{row.name}</th>
              <td>{callInWords(row.drafted)}</td>
              <td>
                {callInWords(row.shadow)}
                {row.drafted && row.shadow && !row.agreed && <em> (differs)</em>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

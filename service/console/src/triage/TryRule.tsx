import { useEffect, useState } from 'react';
import { asProblem, type Problem } from '../api/problem';
import type { ClauseOutcome, RuleTrial, StudyRow } from '../api/shapes';
import { ProblemNotice } from '../session/ProblemNotice';
import { listStudies } from '../worklist/studies';
import { aroundMistake, tryRule } from './rules';

/** Tries the condition on a stored study and shows which comparison held on which values. */
export function TryRule({ when }: { when: string }) {
  const [studies, setStudies] = useState<StudyRow[]>([]);
  const [search, setSearch] = useState('');
  const [study, setStudy] = useState('');
  const [tried, setTried] = useState<{ when: string; trial: RuleTrial } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      listStudies(search.trim(), null, leaving.signal).then(setStudies, () => {
        // Without a list nothing can be chosen; the next search tries again.
      });
    }, 200);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [search]);

  const attempt = async () => {
    try {
      setTried({ when, trial: await tryRule(when, study === '' ? null : study) });
      setProblem(null);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  return (
    <section className="rule-trial" data-testid="rule-trial">
      <h2 className="section-title">Try it on a stored study</h2>
      <div className="rule-trial-choice">
        <input
          type="search"
          aria-label="Search a study to try the rule on"
          placeholder="Search name, ID, description"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          data-testid="trial-search"
        />
        <select
          aria-label="Study to try the rule on"
          value={study}
          onChange={(event) => setStudy(event.target.value)}
          data-testid="trial-study"
        >
          <option value="">Choose a study</option>
          {studies.map((each) => (
            <option key={each.studyInstanceUid} value={each.studyInstanceUid}>
              {[each.patientName, each.modalities?.join('/'), each.studyDescription]
                .filter(Boolean)
                .join(' · ')}
            </option>
          ))}
        </select>
        <button
          type="button"
          disabled={when.trim() === ''}
          onClick={() => void attempt()}
          data-testid="trial-run"
        >
          {study === '' ? 'Check the spelling' : 'Try'}
        </button>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {tried && <Trial when={tried.when} trial={tried.trial} />}
    </section>
  );
}

function Trial({ when, trial }: { when: string; trial: RuleTrial }) {
  if (trial.error !== null) {
    const [before, at, after] = aroundMistake(when, trial.error.position);
    return (
      <div className="notice danger" role="alert" data-testid="trial-error">
        <strong>
          At character {trial.error.position + 1}: {trial.error.message}
        </strong>
        <code>
          {before}
          <mark>{at}</mark>
          {after}
        </code>
      </div>
    );
  }
  if (trial.series.length === 0) return <p role="status">The condition can be read.</p>;
  return (
    <ul className="trial-series" role="status">
      {trial.series.map((series) => (
        <li key={series.seriesInstanceUid} data-testid="trial-series">
          <strong className={series.holds ? 'holds' : 'fails'}>
            {series.holds ? 'Holds' : 'Does not hold'}
          </strong>{' '}
          of series {series.seriesNumber ?? ''} {series.seriesDescription ?? ''}
          <table className="trial-clauses">
            <tbody>
              {series.clauses.map((clause) => (
                <Clause key={clause.start} when={when} clause={clause} />
              ))}
            </tbody>
          </table>
        </li>
      ))}
    </ul>
  );
}

function Clause({ when, clause }: { when: string; clause: ClauseOutcome }) {
  return (
    <tr data-testid="trial-clause">
      <td className={clause.holds ? 'holds' : 'fails'}>{clause.holds ? 'yes' : 'no'}</td>
      <td>
        <code>{when.slice(clause.start, clause.end)}</code>
      </td>
      <td className="muted">
        {clause.values.length === 0 ? 'no value' : clause.values.join(' \\ ')}
      </td>
    </tr>
  );
}

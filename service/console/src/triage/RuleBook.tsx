import { useState } from 'react';
import { asProblem, type Problem } from '../api/problem';
import type { TriageRule, TriageRules } from '../api/shapes';
import { localInstant } from '../patient/dates';
import { ProblemNotice } from '../session/ProblemNotice';
import { RuleEditor } from './RuleEditor';
import { changeRules, effectsInWords, moved, newRule } from './rules';
import { TryRule } from './TryRule';

interface Props {
  saved: TriageRules;
  onSaved: (rules: TriageRules) => void;
  onReload: () => void;
}

/** All rules in their order, one of them open, and beside it the page to try it. */
export function RuleBook({ saved, onSaved, onReload }: Props) {
  const [rules, setRules] = useState(saved.rules);
  const [open, setOpen] = useState(0);
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const changed = JSON.stringify(rules) !== JSON.stringify(saved.rules);
  const rule = rules[open];
  const put = (next: TriageRule) => setRules(rules.with(open, next));
  const move = (to: number) => {
    setRules(moved(rules, open, to));
    if (to >= 0 && to < rules.length) setOpen(to);
  };
  const save = async () => {
    setBusy(true);
    try {
      onSaved(await changeRules(saved.version, rules, comment));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p className="muted">
        When a study is complete the rules are asked in this order, of one image of each of its
        series. Whether the model sees a series, the priority of its study and the findings
        catalogue are each decided by the first rule that holds and states it.
      </p>
      {problem && (
        <ProblemNotice problem={problem}>
          {problem.status === 412 && (
            <button type="button" onClick={onReload}>
              Discard mine and load the newest
            </button>
          )}
          <button type="button" onClick={() => setProblem(null)}>
            Dismiss
          </button>
        </ProblemNotice>
      )}
      <div className="rule-book">
        <div>
          <ol className="rule-list" aria-label="Rules">
            {rules.map((each, index) => (
              <li key={index}>
                <button
                  type="button"
                  aria-pressed={index === open}
                  onClick={() => setOpen(index)}
                  data-testid="rule"
                >
                  <strong>{each.name || 'New rule'}</strong>
                  <span className="muted small">{effectsInWords(each)}</span>
                </button>
              </li>
            ))}
          </ol>
          <button
            type="button"
            onClick={() => {
              setRules([...rules, newRule]);
              setOpen(rules.length);
            }}
            data-testid="rule-add"
          >
            Add a rule
          </button>
        </div>
        {rule && (
          <div className="rule-open">
            <RuleEditor
              rule={rule}
              catalogues={saved.catalogues}
              models={saved.models}
              onChange={put}
              onUp={open > 0 ? () => move(open - 1) : undefined}
              onDown={open < rules.length - 1 ? () => move(open + 1) : undefined}
              onRemove={() => {
                setRules(rules.filter((_, index) => index !== open));
                setOpen(Math.max(0, open - 1));
              }}
            />
            <TryRule when={rule.when} />
          </div>
        )}
      </div>
      <form
        className="rule-save"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label htmlFor="rules-comment">Why the rules change</label>
        <input
          id="rules-comment"
          value={comment}
          maxLength={500}
          onChange={(event) => setComment(event.target.value)}
          data-testid="rules-comment"
        />
        <button
          type="submit"
          className="primary"
          disabled={!changed || comment.trim() === '' || busy}
          data-testid="rules-save"
        >
          Save as version {saved.version + 1}
        </button>
        <button type="button" disabled={!changed} onClick={() => setRules(saved.rules)}>
          Undo all
        </button>
      </form>
      <h2 className="section-title">Versions</h2>
      <ul className="rule-changes" data-testid="rule-changes">
        {saved.changes.map((change) => (
          <li key={change.version}>
            <strong>Version {change.version}</strong> {localInstant(change.at, true)},{' '}
            {change.by.replace(/^user:/, '')}: {change.comment}
          </li>
        ))}
        <li className="muted">Version 0: the rules that come with Overread</li>
      </ul>
    </>
  );
}

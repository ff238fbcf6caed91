import type { TriagePriority, TriageRule } from '../api/shapes';

interface Props {
  rule: TriageRule;
  catalogues: string[];
  models: string[];
  onChange: (rule: TriageRule) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
}

/** One rule with everything that it can state. */
export function RuleEditor({ rule, catalogues, models, onChange, onUp, onDown, onRemove }: Props) {
  const draft = rule.draft === null ? '' : String(rule.draft);
  return (
    <section className="rule-editor" data-testid="rule-editor">
      <label htmlFor="rule-name">Name</label>
      <input
        id="rule-name"
        value={rule.name}
        maxLength={80}
        onChange={(event) => onChange({ ...rule, name: event.target.value })}
        data-testid="rule-name"
      />
      <label htmlFor="rule-when">Holds of a series if</label>
      <textarea
        id="rule-when"
        className="mono"
        rows={5}
        spellCheck={false}
        value={rule.when}
        maxLength={2000}
        onChange={(event) => onChange({ ...rule, when: event.target.value })}
        data-testid="rule-when"
      />
      <p className="muted small">
        Attributes by keyword or tag, sequences with a dot: <code>Modality = CT</code>,{' '}
        <code>(0028,0300) = YES</code>,{' '}
        <code>RequestAttributesSequence.RequestedProcedureID exists</code>. Comparisons: = != &lt;
        &lt;= &gt; &gt;= in (A, B) ~ "*with ? and *" exists; joined by and, or, not and brackets.
        Letters match in any case.
      </p>
      <div className="rule-effects">
        <label>
          The model sees it
          <select
            value={draft}
            onChange={(event) => {
              const value = event.target.value;
              onChange({ ...rule, draft: value === '' ? null : value === 'true' });
            }}
            data-testid="rule-draft"
          >
            <option value="">not decided here</option>
            <option value="true">yes</option>
            <option value="false">no</option>
          </select>
        </label>
        <label>
          Reason shown
          <input
            value={rule.reason ?? ''}
            maxLength={200}
            disabled={rule.draft !== false}
            onChange={(event) => onChange({ ...rule, reason: event.target.value || null })}
            data-testid="rule-reason"
          />
        </label>
        <label>
          Priority
          <select
            value={rule.priority ?? ''}
            onChange={(event) =>
              onChange({ ...rule, priority: (event.target.value || null) as TriagePriority | null })
            }
            data-testid="rule-priority"
          >
            <option value="">not decided here</option>
            <option value="URGENT">urgent</option>
            <option value="NORMAL">normal</option>
            <option value="OFF_PEAK">off-peak</option>
          </select>
        </label>
        <label>
          Findings catalogue
          <select
            value={rule.catalogue ?? ''}
            onChange={(event) => onChange({ ...rule, catalogue: event.target.value || null })}
            data-testid="rule-catalogue"
          >
            <option value="">by modality and body part</option>
            {catalogues.map((id) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </label>
        {models.length > 1 && (
          <label>
            Model
            <select
              value={rule.model ?? ''}
              onChange={(event) => onChange({ ...rule, model: event.target.value || null })}
              data-testid="rule-model"
            >
              <option value="">the one that drafts otherwise</option>
              {models.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
      </div>
      <div className="notice-actions">
        <button type="button" disabled={!onUp} onClick={onUp}>
          Ask earlier
        </button>
        <button type="button" disabled={!onDown} onClick={onDown}>
          Ask later
        </button>
        <button type="button" onClick={onRemove} data-testid="rule-remove">
          Remove
        </button>
      </div>
    </section>
  );
}

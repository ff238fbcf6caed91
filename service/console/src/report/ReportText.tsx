import { useEffect, useRef, useState } from 'react';
import type { Report } from '../api/shapes';
import { markedParts } from './markedParts';
import { ReportDiff } from './ReportDiff';

interface Props {
  report: Report;
  /** The text being edited, or null while it is only read. */
  edited: string | null;
  onChange: (text: string) => void;
  onSave: () => void;
}

export const LONGEST_TEXT = 100_000;

export function ReportText({ report, edited, onChange, onSave }: Props) {
  const [comparing, setComparing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const editing = edited !== null;
  const text = edited ?? report.text ?? '';
  const draft = report.draftText ?? '';
  const changed = draft !== text;
  const marks = (report.marks ?? []).filter((mark) => text.includes(mark.sentence));

  useEffect(() => {
    if (!editing) return;
    setComparing(false);
    field.current?.focus();
    field.current?.scrollIntoView({ block: 'nearest' });
  }, [editing]);

  return (
    <section className="report-section" aria-label="Report">
      <h2 className="section-title">
        Report{' '}
        <span className="muted small">
          {editing ? 'editing' : changed ? 'changed from the draft' : 'as drafted'}
        </span>
        <span className="spring" />
        {changed && (
          <button
            type="button"
            className="plain small"
            aria-pressed={comparing}
            onClick={() => setComparing(!comparing)}
            data-testid="compare"
          >
            {comparing ? 'Show the text' : 'Show changes to the draft'}
          </button>
        )}
      </h2>
      {comparing && (
        <ReportDiff before={draft} after={text} label="Changes to the machine's draft" />
      )}
      {!comparing && editing && (
        <textarea
          ref={field}
          className="report-text"
          aria-label="Text of the report"
          value={edited}
          maxLength={LONGEST_TEXT}
          rows={Math.min(24, Math.max(8, edited.split('\n').length + 2))}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              onSave();
            }
          }}
          data-testid="report-editor"
        />
      )}
      {!comparing && !editing && (
        <div className="report-text" data-testid="report-text">
          {text ? (
            markedParts(text, report.marks ?? []).map((part, index) =>
              part.doubts.length === 0 ? (
                part.text
              ) : (
                <mark key={index} title={part.doubts.join('\n')} data-testid="marked-sentence">
                  {part.text}
                </mark>
              ),
            )
          ) : (
            <span className="muted">The text is empty.</span>
          )}
        </div>
      )}
      {marks.length > 0 && (
        <ul className="marks small" aria-label="Marked sentences" data-testid="marks">
          {marks.map((mark, index) => (
            <li key={index}>
              {mark.sentence === '' ? 'The image:' : <q>{mark.sentence}</q>}{' '}
              <span className="muted">{mark.doubt.reason}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

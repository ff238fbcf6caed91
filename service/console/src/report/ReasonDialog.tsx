import { useState, type FormEvent } from 'react';
import { Dialog } from '../keyboard/Dialog';

interface Props {
  purpose: 'reject' | 'amend' | 'giveUp' | 'hold' | 'release';
  /** Characters of a reason. */
  longest?: number;
  onReason: (reason: string) => void;
  onClose: () => void;
}

const words = {
  reject: {
    title: 'Reject the draft',
    explain: 'The draft stays on record as rejected. You can still write a report of your own.',
    label: 'Why is it rejected?',
    button: 'Reject',
    examples: [
      'Findings are wrong',
      'Findings are missing',
      'Wrong patient or study',
      'Poor image',
    ],
  },
  amend: {
    title: 'Amend the signed report',
    explain: 'What was signed stands until the amendment is signed.',
    label: 'Why is it amended?',
    button: 'Open an amendment',
    examples: ['Addendum', 'Correction of a finding', 'Correction of wording', 'New information'],
  },
  giveUp: {
    title: 'Give the amendment up',
    explain: 'The report goes back to what was signed.',
    label: 'Why is it given up?',
    button: 'Give up',
    examples: ['Not needed', 'Opened by mistake'],
  },
  hold: {
    title: 'Hold the images',
    explain:
      'No retention policy deletes them until somebody releases them. The reason is audited.',
    label: 'Why are they held?',
    button: 'Hold',
    examples: ['Legal proceedings', 'Teaching file', 'Research study', 'Complaint'],
  },
  release: {
    title: 'Release the images',
    explain: 'From now on the retention policy decides again, and may delete them at once.',
    label: 'Why are they released?',
    button: 'Release',
    examples: ['Proceedings ended', 'Held by mistake'],
  },
};

export function ReasonDialog({ purpose, longest = 2000, onReason, onClose }: Props) {
  const [reason, setReason] = useState('');
  const { title, explain, label, button, examples } = words[purpose];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== '') onReason(reason.trim());
  };
  return (
    <Dialog title={title} onClose={onClose} testId="reason-dialog">
      <form onSubmit={submit}>
        <p className="muted">{explain}</p>
        <label htmlFor="reason">{label}</label>
        <div className="suggestions">
          {examples.map((example) => (
            <button key={example} type="button" onClick={() => setReason(example)}>
              {example}
            </button>
          ))}
        </div>
        <textarea
          id="reason"
          rows={3}
          maxLength={longest}
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          data-testid="reason"
        />
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            className="primary"
            disabled={reason.trim() === ''}
            data-testid="reason-confirm"
          >
            {button}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

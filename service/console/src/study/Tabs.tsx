import { type Command, commands, hint } from '../keyboard/keymap';
import { type Tab, tabs } from './place';

interface Props {
  current: Tab;
  withQuestions: boolean;
  onOpen: (tab: Tab) => void;
  onQuestion: () => void;
}

const labels: Record<Tab, { label: string; command: Command }> = {
  report: { label: 'Report', command: 'report' },
  questions: { label: 'Questions', command: 'question' },
  audit: { label: 'Audit trail', command: 'audit' },
};

export function Tabs({ current, withQuestions, onOpen, onQuestion }: Props) {
  const shown = tabs.filter((tab) => withQuestions || tab !== 'questions');
  const open = (tab: Tab) => (tab === 'questions' ? onQuestion() : onOpen(tab));
  return (
    <div className="tabs" role="tablist" aria-label="Report, questions and audit trail">
      {shown.map((tab) => (
        <button
          key={tab}
          id={`tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === current}
          tabIndex={tab === current ? 0 : -1}
          aria-keyshortcuts={commands[labels[tab].command].keys[0]}
          onClick={() => open(tab)}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
            if (step === undefined) return;
            const next = shown[(shown.indexOf(tab) + step + shown.length) % shown.length];
            if (!next) return;
            onOpen(next);
            document.getElementById(`tab-${next}`)?.focus();
          }}
          data-testid={`tab-${tab}`}
        >
          {labels[tab].label} <kbd aria-hidden="true">{hint(labels[tab].command)}</kbd>
        </button>
      ))}
    </div>
  );
}

import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Question } from '../api/shapes';
import { ProblemNotice } from '../session/ProblemNotice';
import { reviewRefusal } from '../session/session';
import { useSession } from '../session/SessionContext';
import { Answered, UnderWay } from './Answers';
import type { Conversation } from './useConversation';

interface Props {
  conversation: Conversation;
  /** Why no question can be asked now, or null. */
  closed: string | null;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Shows the boxes of an answer on the image. */
  onOutline: (question: Question) => void;
  hidden: boolean;
}

const examples = [
  'Describe the findings.',
  'Is there any abnormality?',
  'Is there a pleural effusion?',
  'What imaging modality is this?',
];

export function QuestionPanel({ conversation, closed, field, onOutline, hidden }: Props) {
  const { session } = useSession();
  const [typed, setTyped] = useState('');
  const log = useRef<HTMLDivElement>(null);
  const { history, asking, busy } = conversation;
  const refusal = reviewRefusal(session) ?? closed;

  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [history, asking]);

  const submit = () => {
    const question = typed.trim();
    if (question === '' || busy || refusal !== null) return;
    setTyped('');
    conversation.ask(question);
  };

  return (
    <section className="question-panel" hidden={hidden} aria-label="Questions about the images">
      <h2 className="section-title">
        Questions{' '}
        <span className="muted small">answered by the model from the images of this study</span>
      </h2>
      {conversation.problem && (
        <ProblemNotice problem={conversation.problem}>
          <button type="button" onClick={conversation.reload}>
            Try again
          </button>
        </ProblemNotice>
      )}
      <div
        ref={log}
        className="conversation"
        role="log"
        aria-live="polite"
        aria-busy={busy}
        aria-label="Questions and answers"
        tabIndex={0}
        data-testid="conversation"
      >
        {history?.length === 0 && asking === null && (
          <div className="muted empty">
            <p>No question has been asked about this study.</p>
            {refusal === null && (
              <div className="suggestions">
                {examples.map((example) => (
                  <button key={example} type="button" onClick={() => conversation.ask(example)}>
                    {example}
                  </button>
                ))}
              </div>
            )}
          </div>
        )}
        {history?.map((question) => (
          <Answered key={question.id} question={question} onOutline={onOutline} />
        ))}
        {asking && <UnderWay asking={asking} onAgain={() => conversation.ask(asking.question)} />}
      </div>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor="question" className="visually-hidden">
          Question about the images
        </label>
        <textarea
          id="question"
          ref={field}
          rows={2}
          maxLength={1000}
          placeholder={refusal ?? 'Ask about the images. Enter asks, Shift+Enter breaks the line.'}
          readOnly={refusal !== null}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              submit();
            }
          }}
          data-testid="question"
        />
        {busy ? (
          <button type="button" onClick={conversation.stop} data-testid="question-stop">
            Stop
          </button>
        ) : (
          <button
            type="submit"
            className="primary"
            aria-disabled={refusal !== null || typed.trim() === ''}
            title={refusal ?? undefined}
            data-testid="question-ask"
          >
            Ask
          </button>
        )}
      </form>
      <p className="muted small machine-note">
        A machine answers, and it can be wrong. Answers are kept with the study and in its audit
        trail.
      </p>
    </section>
  );
}

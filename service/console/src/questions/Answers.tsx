import type { Question } from '../api/shapes';
import { localInstant } from '../patient/dates';
import { ProbabilityBar } from '../report/ProbabilityBar';
import { confidenceInWords } from './questions';
import type { Asking } from './useConversation';

interface AnsweredProps {
  question: Question;
  onOutline: (question: Question) => void;
}

export function Answered({ question, onOutline }: AnsweredProps) {
  const confidence = confidenceInWords(question);
  return (
    <article className="exchange" data-testid="exchange">
      <p className="asked">
        <bdi>{question.question}</bdi>
        <span className="muted small">
          {question.askedBy} · {localInstant(question.askedAt)}
        </span>
      </p>
      <div
        className="answer"
        data-testid="answer"
        data-refused={question.refused || Boolean(question.withheld)}
      >
        {(question.refused || question.withheld) && (
          <strong className="undetermined-mark">Cannot be determined from these images</strong>
        )}
        <p data-testid="answer-text">{question.withheld?.reason ?? question.answer}</p>
        {question.withheld && (
          <details className="small muted">
            <summary>What the model wrote</summary>
            <bdi>{question.modelWords}</bdi>
          </details>
        )}
        {!question.refused && !question.answer?.trim() && (
          <p className="muted">The model gave no answer.</p>
        )}
        {question.regions?.length > 0 && (
          <p>
            <button type="button" onClick={() => onOutline(question)} data-testid="answer-outline">
              {question.regions.length === 1
                ? 'Show it on the image'
                : `Show ${question.regions.length} places on the image`}
            </button>
          </p>
        )}
        <p className="small">
          {confidence && (
            <ConfidenceMeter
              value={question.probability ?? question.confidence ?? 0}
              words={confidence}
            />
          )}
          {question.finishReason && !ordinary(question.finishReason) && (
            <span className="muted"> · {inWords(question.finishReason)}</span>
          )}
        </p>
      </div>
    </article>
  );
}

function ConfidenceMeter({ value, words }: { value: number; words: string }) {
  return (
    <span className="confidence" data-testid="confidence">
      <ProbabilityBar value={value} label="Confidence" /> {words}
    </span>
  );
}

export function UnderWay({ asking, onAgain }: { asking: Asking; onAgain: () => void }) {
  return (
    <article className="exchange" data-testid="exchange-under-way" data-state={asking.state}>
      <p className="asked">
        <bdi>{asking.question}</bdi>
      </p>
      <div className="answer">
        <p data-testid="answer-stream">
          {asking.text}
          {asking.state === 'waiting' && (
            <span className="muted">The model looks at the images…</span>
          )}
          {asking.state === 'writing' && <span className="caret" aria-hidden="true" />}
        </p>
        {asking.state === 'stopped' && (
          <p className="small muted">
            Stopped. This is not a whole answer.{' '}
            <button type="button" onClick={onAgain}>
              Ask again
            </button>
          </p>
        )}
        {asking.state === 'failed' && (
          <p className="small notice danger" role="alert">
            <strong>{asking.problem?.title}</strong>
            <span>{asking.problem?.detail}</span>
            <button type="button" onClick={onAgain}>
              Ask again
            </button>
          </p>
        )}
      </div>
    </article>
  );
}

function ordinary(finishReason: string): boolean {
  return ['stop', 'end', 'eos', 'end_of_text', 'stop_token'].includes(finishReason.toLowerCase());
}

function inWords(finishReason: string): string {
  const known: Record<string, string> = {
    length: 'cut off at the longest answer',
    limit: 'cut off at the longest answer',
    max_tokens: 'cut off at the longest answer',
    cancelled: 'stopped by the reader',
    canceled: 'stopped by the reader',
    error: 'the model failed',
  };
  return known[finishReason.toLowerCase()] ?? `ended: ${finishReason}`;
}

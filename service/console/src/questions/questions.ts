import { fetchJson, send } from '../api/client';
import { eventsOf, type ServerEvent } from '../api/eventStream';
import { Problem, problemOf } from '../api/problem';
import type { Question } from '../api/shapes';

const at = (studyInstanceUid: string) => `/api/studies/${studyInstanceUid}/questions`;

export function listQuestions(studyInstanceUid: string, signal?: AbortSignal): Promise<Question[]> {
  return fetchJson<Question[]>(at(studyInstanceUid), { signal });
}

/** One step of an answer under way. */
export type AnswerStep = { kind: 'token'; text: string } | { kind: 'answer'; answer: Question };

/**
 * Asks, and yields the answer as it is written, its whole last. Throws a problem when the service
 * refuses, fails under way, or breaks off without an answer.
 */
export async function* ask(
  studyInstanceUid: string,
  question: string,
  signal: AbortSignal,
): AsyncGenerator<AnswerStep> {
  const response = await send(at(studyInstanceUid), {
    method: 'POST',
    body: { question },
    accept: 'text/event-stream, application/problem+json',
    signal,
  });
  for await (const event of eventsOf(response)) {
    const step = answerStep(event);
    if (step === null) continue;
    yield step;
    if (step.kind === 'answer') return;
  }
  throw new Problem(-1, 'The answer broke off', 'The connection ended before the answer did.');
}

/** Reads one event of the answer's stream; unknown events are passed over. */
export function answerStep(event: ServerEvent): AnswerStep | null {
  switch (event.event) {
    case 'token': {
      const { text } = JSON.parse(event.data) as { text?: unknown };
      return typeof text === 'string' ? { kind: 'token', text } : null;
    }
    case 'answer':
      return { kind: 'answer', answer: JSON.parse(event.data) as Question };
    case 'error':
      throw problemOf(500, event.data);
    default:
      return null;
  }
}

/** How sure the model was, in words and figures; null when it said nothing about it. */
export function confidenceInWords(answer: Question): string | null {
  if (answer.refused || answer.withheld) return null;
  if (typeof answer.probability === 'number') {
    return `Right with a probability of ${Math.round(answer.probability * 100)} %`;
  }
  if (answer.confidence === null || answer.confidence === undefined) return null;
  const share = Math.min(1, Math.max(0, answer.confidence));
  const word = share >= 0.8 ? 'high' : share >= 0.5 ? 'middling' : 'low';
  return `Confidence ${Math.round(share * 100)} % (${word})`;
}

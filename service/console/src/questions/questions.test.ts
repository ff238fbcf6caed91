import { expect, test } from 'vitest';
import type { Question } from '../api/shapes';
import { answerStep, confidenceInWords } from './questions';

const answer: Question = {
  id: 'q',
  askedBy: 'admin',
  askedAt: '2026-11-23T10:00:00Z',
  question: 'Is there an effusion?',
  answer: 'No.',
  answeredAt: '2026-11-23T10:00:01Z',
  refused: false,
  confidence: 0.83,
  probability: null,
  withheld: null,
  modelWords: null,
  regions: [],
  finishReason: 'stop',
};

test('tokens, the answer and unknown events are told apart', () => {
  expect(answerStep({ event: 'token', data: '{"text":" No"}' })).toEqual({
    kind: 'token',
    text: ' No',
  });
  expect(answerStep({ event: 'answer', data: JSON.stringify(answer) })).toEqual({
    kind: 'answer',
    answer,
  });
  expect(answerStep({ event: 'ping', data: '{}' })).toBeNull();
});

test('an error event is the problem it carries', () => {
  const data = '{"title":"The model failed","status":503,"detail":"Out of memory"}';
  expect(() => answerStep({ event: 'error', data })).toThrow('Out of memory');
});

test('confidence is a word and a figure, and none is shown for a refusal', () => {
  expect(confidenceInWords(answer)).toBe('Confidence 83 % (high)');
  expect(confidenceInWords({ ...answer, confidence: 0.3 })).toBe('Confidence 30 % (low)');
  expect(confidenceInWords({ ...answer, refused: true })).toBeNull();
  expect(confidenceInWords({ ...answer, confidence: null })).toBeNull();
  expect(confidenceInWords({ ...answer, probability: 0.714 })).toBe(
    'Right with a probability of 71 %',
  );
  expect(
    confidenceInWords({ ...answer, withheld: { guard: 'measurement', reason: 'x' } }),
  ).toBeNull();
});

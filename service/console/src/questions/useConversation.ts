import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { Question } from '../api/shapes';
import { ask, listQuestions } from './questions';

/** The question under way, or the last one when it came to no answer. */
export interface Asking {
  question: string;
  text: string;
  state: 'waiting' | 'writing' | 'stopped' | 'failed';
  problem: Problem | null;
}

export interface Conversation {
  history: Question[] | null;
  problem: Problem | null;
  asking: Asking | null;
  busy: boolean;
  ask: (question: string) => void;
  stop: () => void;
  reload: () => void;
}

export function useConversation(studyInstanceUid: string): Conversation {
  const [history, setHistory] = useState<Question[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [attempt, setAttempt] = useState(0);
  const stopping = useRef<AbortController | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    listQuestions(studyInstanceUid, leaving.signal).then(
      (questions) => {
        setHistory([...questions].sort((one, other) => one.askedAt.localeCompare(other.askedAt)));
        setProblem(null);
      },
      (thrown: unknown) => {
        if (!isAbort(thrown)) setProblem(asProblem(thrown));
      },
    );
    return () => leaving.abort();
  }, [studyInstanceUid, attempt]);
  useEffect(() => () => stopping.current?.abort(), [studyInstanceUid]);

  const reload = useCallback(() => setAttempt((count) => count + 1), []);

  const put = async (question: string) => {
    const controller = new AbortController();
    stopping.current = controller;
    setAsking({ question, text: '', state: 'waiting', problem: null });
    try {
      for await (const step of ask(studyInstanceUid, question, controller.signal)) {
        if (step.kind === 'token') {
          setAsking(
            (before) => before && { ...before, text: before.text + step.text, state: 'writing' },
          );
        } else {
          setHistory((before) => [...(before ?? []), step.answer]);
          setAsking(null);
        }
      }
    } catch (thrown) {
      const stopped = isAbort(thrown) || controller.signal.aborted;
      const failure = stopped ? null : asProblem(thrown);
      setAsking(
        (before) =>
          before && { ...before, state: stopped ? 'stopped' : 'failed', problem: failure },
      );
    } finally {
      if (stopping.current === controller) stopping.current = null;
    }
  };

  return {
    history,
    problem,
    asking,
    busy: asking?.state === 'waiting' || asking?.state === 'writing',
    ask: (question) => void put(question),
    stop: () => stopping.current?.abort(),
    reload,
  };
}

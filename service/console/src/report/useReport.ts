import { useCallback, useEffect, useState } from 'react';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { Report, StudyRow } from '../api/shapes';
import { type Decision, decide, readReport } from './reports';

/** Somebody else's version, come while this reader worked on an older one. */
export interface Conflict {
  /** The version that this reader had in front of him. */
  base: Report;
  theirs: Report;
  /** The text that could not be saved, or null when it was no edit. */
  mine: string | null;
}

export interface ReportDesk {
  /** null: there is no draft yet; undefined: not known yet. */
  report: Report | null | undefined;
  problem: Problem | null;
  conflict: Conflict | null;
  busy: boolean;
  reload: () => void;
  /** Resolves to the new report, or null when it was refused (the refusal is shown). */
  decide: (decision: Decision, basedOn?: Report) => Promise<Report | null>;
  settle: () => void;
  dismiss: () => void;
}

/** A study's report, read again whenever the worklist says that it changed. */
export function useReport(study: StudyRow): ReportDesk {
  const uid = study.studyInstanceUid;
  const [report, setReport] = useState<Report | null | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const known = study.report ? `${study.report.id} ${study.report.version}` : '';

  useEffect(() => {
    const leaving = new AbortController();
    readReport(uid, leaving.signal).then(
      (fresh) => {
        setReport(fresh);
        setProblem((before) => (before?.unreachable ? null : before));
      },
      (thrown: unknown) => {
        if (isAbort(thrown)) return;
        const failure = asProblem(thrown);
        if (failure.status === 404) setReport(null);
        else setProblem(failure);
      },
    );
    return () => leaving.abort();
  }, [uid, known, attempt]);

  const reload = useCallback(() => {
    setProblem(null);
    setAttempt((count) => count + 1);
  }, []);

  const take = async (decision: Decision, basedOn?: Report): Promise<Report | null> => {
    const base = basedOn ?? report;
    if (!base) return null;
    setBusy(true);
    setProblem(null);
    try {
      const decided = await decide(uid, base.version, decision);
      setReport(decided);
      setConflict(null);
      return decided;
    } catch (thrown) {
      const failure = asProblem(thrown);
      if (failure.status === 412) {
        await explain(base, decision);
        return null;
      }
      // The sign dialog shows its own refusals, next to the password.
      if (decision.action === 'sign') throw failure;
      setProblem(failure);
      return null;
    } finally {
      setBusy(false);
    }
  };

  const explain = async (base: Report, decision: Decision) => {
    try {
      const theirs = await readReport(uid);
      setReport(theirs);
      const mine = decision.action === 'edit' || decision.action === 'amend' ? decision.text : null;
      setConflict({ base, theirs, mine });
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };

  return {
    report,
    problem,
    conflict,
    busy,
    reload,
    decide: take,
    settle: () => setConflict(null),
    dismiss: () => setProblem(null),
  };
}

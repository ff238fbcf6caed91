import { useEffect, useState } from 'react';
import { asProblem, isAbort, type Problem } from '../api/problem';
import type { Certificate, LoadedModel, SystemState } from '../api/shapes';
import { localInstant } from '../patient/dates';
import { ProblemNotice } from '../session/ProblemNotice';
import { TopBar } from '../study/TopBar';
import {
  certificateInWords,
  loadedModels,
  modelInWords,
  reasonsInWords,
  size,
  systemState,
} from './system';

const lookEvery = 5_000;

/** How the service fares, for those who run it: whether peers may send, and how far the marks are. */
export function SystemPage() {
  const [state, setState] = useState<SystemState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    const look = () =>
      systemState(leaving.signal).then(
        (fresh) => {
          setState(fresh);
          setProblem(null);
        },
        (thrown: unknown) => {
          if (!isAbort(thrown)) setProblem(asProblem(thrown));
        },
      );
    void look();
    const timer = setInterval(() => void look(), lookEvery);
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, []);

  return (
    <>
      <TopBar>
        <h1 className="study-header">System</h1>
      </TopBar>
      <main className="plain-page" data-testid="system">
        {problem && <ProblemNotice problem={problem} />}
        {state === null && !problem && <p className="muted">Loading…</p>}
        {state && <Intake state={state} />}
        {state && <Expiring certificates={state.certificates} />}
        {state && <Marks state={state} />}
      </main>
    </>
  );
}

/** Which models are loaded; they change with a restart alone. */
function Models() {
  const [models, setModels] = useState<LoadedModel[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    // The page says elsewhere that the service does not answer.
    loadedModels(leaving.signal).then(setModels, () => {});
    return () => leaving.abort();
  }, []);
  if (models.length === 0) return null;
  return (
    <>
      <dt>Models</dt>
      <dd>
        <ul data-testid="models">
          {models.map((each) => (
            <li key={each.digest}>
              {modelInWords(each)} <span className="mono muted">{each.digest.slice(0, 12)}</span>
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}

function Intake({ state }: { state: SystemState }) {
  const { paused, reasons, since } = state.intake;
  return (
    <p className={`notice ${paused ? 'warn' : 'info'}`} role="status" data-testid="intake">
      <strong>{paused ? 'Images are refused for the moment.' : 'Images are taken in.'}</strong>{' '}
      <span>
        {paused
          ? `Senders are told to come again later, because ${reasonsInWords(reasons)}; it ends by itself. `
          : ''}
        Since {localInstant(since)}.
      </span>
    </p>
  );
}

/** Certificates that are to be replaced soon. */
function Expiring({ certificates }: { certificates: Certificate[] }) {
  const soon = certificates.filter((each) => each.expiring);
  if (soon.length === 0) return null;
  return (
    <p className="notice warn" role="status" data-testid="certificates-expiring">
      <strong>
        {soon.length === 1 ? 'A certificate expires' : `${soon.length} certificates expire`} within
        30 days.
      </strong>{' '}
      <span>{soon.map((each) => certificateInWords(each, new Date())).join('; ')}.</span>
    </p>
  );
}

function Marks({ state: { disk, unwritten, drafts, certificates } }: { state: SystemState }) {
  return (
    <dl className="facts">
      <dt>Free disk space</dt>
      <dd>
        {size(disk.freeBytes)} of {size(disk.totalBytes)}; images are refused below{' '}
        {size(disk.pauseBelow)}, until there are {size(disk.resumeAbove)}
      </dd>
      <dt>Received, not yet in the database</dt>
      <dd>
        {unwritten.instances} images, {size(unwritten.bytes)}; images are refused above{' '}
        {size(unwritten.pauseAbove)}, until there are {size(unwritten.resumeBelow)}
        {unwritten.databaseFails && <strong>. The database takes nothing at present.</strong>}
      </dd>
      <dt>Studies that wait for their drafts</dt>
      <dd>
        {drafts.waitingStudies}; images are refused above {drafts.pauseAbove}, until there are{' '}
        {drafts.resumeBelow}
      </dd>
      <Models />
      {certificates.length > 0 && (
        <>
          <dt>Certificates of DICOM over TLS</dt>
          <dd>
            <ul data-testid="certificates">
              {certificates.map((each) => (
                <li key={`${each.ours} ${each.subject} ${each.notAfter}`}>
                  {certificateInWords(each, new Date())}
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
    </dl>
  );
}

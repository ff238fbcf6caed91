import { useRef, useState, type FormEvent } from 'react';
import { asProblem, type Problem } from '../api/problem';
import type { Report, Study } from '../api/shapes';
import { Dialog } from '../keyboard/Dialog';
import { PatientName } from '../patient/PatientName';
import { dicomDate } from '../patient/dates';
import { ProblemNotice } from '../session/ProblemNotice';
import { useSession } from '../session/SessionContext';

interface Props {
  report: Report;
  study: Study;
  sign: (password: string, meaning: string) => Promise<void>;
  onClose: () => void;
}

/** What a signature may say; recorded word for word with it. */
const meanings = [
  'I have read the images and verified this report.',
  'I have read the images and am the author of this report.',
  'I have reviewed and approve this report.',
];

export function SignDialog({ report, study, sign, onClose }: Props) {
  const { session } = useSession();
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState('');
  const [meaning, setMeaning] = useState(meanings[0] ?? '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    sign(password, meaning)
      .catch((thrown: unknown) => {
        setProblem(asProblem(thrown));
        setPassword('');
        field.current?.focus();
      })
      .finally(() => setBusy(false));
  };

  return (
    <Dialog
      title={report.reviewState === 'AMENDING' ? 'Sign the amendment' : 'Sign the report'}
      onClose={onClose}
      testId="sign-dialog"
    >
      <form onSubmit={submit}>
        <p>
          <PatientName value={study.patientName} /> · {study.patientId} ·{' '}
          {dicomDate(study.studyDate)} {study.studyDescription}
        </p>
        <div
          className="report-text preview"
          tabIndex={0}
          role="group"
          aria-label="Text to be signed"
        >
          {report.text}
        </div>
        <fieldset>
          <legend>What the signature says</legend>
          {meanings.map((each) => (
            <label key={each} className="radio">
              <input
                type="radio"
                name="meaning"
                checked={meaning === each}
                onChange={() => setMeaning(each)}
              />
              {each}
            </label>
          ))}
        </fieldset>
        {/* Lets a password manager know whose password is asked for. */}
        <input
          type="text"
          autoComplete="username"
          value={session.username}
          readOnly
          hidden
          aria-hidden="true"
        />
        <label htmlFor="sign-password">Password of {session.displayName}</label>
        <input
          id="sign-password"
          ref={field}
          type="password"
          autoComplete="current-password"
          data-autofocus
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          data-testid="sign-password"
        />
        {problem && (
          <ProblemNotice
            problem={problem}
            title={problem.status === 403 ? 'Not signed: the password is wrong' : 'Not signed'}
          />
        )}
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            className="primary"
            disabled={busy || password === ''}
            data-testid="sign-confirm"
          >
            {busy ? 'Signing…' : `Sign as ${session.displayName}`}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

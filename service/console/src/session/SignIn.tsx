import { useState, type FormEvent } from 'react';
import { asProblem, type Problem } from '../api/problem';
import type { Session } from '../api/shapes';
import { ProblemNotice } from './ProblemNotice';
import { signIn } from './session';

interface Props {
  notice: string | null;
  outage: Problem | null;
  onSignedIn: (session: Session) => void;
}

export function SignIn({ notice, outage, onSignedIn }: Props) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    signIn(username, password)
      .then(onSignedIn, (thrown: unknown) => {
        setProblem(asProblem(thrown));
        setPassword('');
      })
      .finally(() => setBusy(false));
  };

  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit} aria-labelledby="sign-in-title">
        <h1 id="sign-in-title">
          <img src="/favicon.svg" alt="" width="28" height="28" /> Overread
        </h1>
        <p className="muted">A machine drafts. A radiologist reads, decides and signs.</p>
        {notice && (
          <p className="notice warn" role="status" data-testid="session-ended">
            {notice}
          </p>
        )}
        {outage && !problem && <ProblemNotice problem={outage} />}
        <label htmlFor="username">User name</label>
        <input
          id="username"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          value={username}
          onChange={(event) => setUsername(event.target.value)}
          data-testid="sign-in-username"
        />
        <label htmlFor="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          data-testid="sign-in-password"
        />
        {problem && (
          <ProblemNotice
            problem={problem}
            title={problem.status === 401 ? 'User name or password is wrong' : undefined}
          />
        )}
        <button type="submit" className="primary" disabled={busy} data-testid="sign-in-submit">
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
      <p className="muted small">Not a medical device. For research and evaluation.</p>
    </main>
  );
}

import { fetchJson, send } from '../api/client';
import type { Role, Session } from '../api/shapes';

/** Who is signed in; rejects with a 401 problem when nobody is. Also sets the CSRF cookie. */
export function currentSession(): Promise<Session> {
  return fetchJson<Session>('/api/session');
}

/** Signs in. The CSRF cookie must be there before the first POST, so it is fetched first. */
export async function signIn(username: string, password: string): Promise<Session> {
  await currentSession().catch(() => {});
  const session = await fetchJson<Session>('/api/session', {
    method: 'POST',
    body: { username, password },
  });
  // Signing in renews the session and with it the CSRF token: fetch the new cookie.
  return currentSession().catch(() => session);
}

export async function signOut(): Promise<void> {
  await send('/api/session', { method: 'DELETE' });
}

const roleNames: Record<Role, string> = {
  radiologist: 'radiologist',
  administrator: 'administrator',
  auditor: 'auditor',
};

export function rolesInWords(session: Session): string {
  return session.roles.map((role) => roleNames[role] ?? role).join(', ');
}

/** May open images, drafts and questions. Others see the worklist and the audit trails. */
export function mayRead(session: Session): boolean {
  return session.roles.includes('radiologist');
}

/** May decide about reports and ask the model. */
export function mayReview(session: Session): boolean {
  return session.roles.includes('radiologist');
}

/** May keep the triage rules. */
export function mayAdminister(session: Session): boolean {
  return session.roles.includes('administrator');
}

/** Why a review button is closed to this user, or null when it is open. */
export function reviewRefusal(session: Session): string | null {
  if (mayReview(session)) return null;
  return `Only a radiologist may do this; you are signed in as ${rolesInWords(session)}.`;
}

import { isAbort, Problem, problemOf } from './problem';

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  /** The version a change is based on; sent as a strong ETag. */
  ifMatch?: number;
  accept?: string;
  signal?: AbortSignal | undefined;
}

let sessionEnded: () => void = () => {};

/** Calls the listener whenever the service says that nobody is signed in any more. */
export function onSessionEnded(listener: () => void): () => void {
  sessionEnded = listener;
  return () => {
    sessionEnded = () => {};
  };
}

/** Sends one request; throws a {@link Problem} for every answer that is not a success. */
export async function send(path: string, call: Call = {}): Promise<Response> {
  const method = call.method ?? 'GET';
  const headers: Record<string, string> = {
    Accept: call.accept ?? 'application/json',
    // Keeps the service from answering 401 with a browser's own log-in box.
    'X-Requested-With': 'XMLHttpRequest',
  };
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  if (call.ifMatch !== undefined) headers['If-Match'] = `"${call.ifMatch}"`;
  if (method !== 'GET') headers['X-XSRF-TOKEN'] = csrfToken(document.cookie) ?? '';
  const response = await reach(path, {
    method,
    headers,
    body: call.body === undefined ? null : JSON.stringify(call.body),
    signal: call.signal ?? null,
    credentials: 'same-origin',
    cache: 'no-store',
  });
  if (response.ok) return response;
  const problem = problemOf(response.status, await response.text().catch(() => ''));
  if (response.status === 401 && path !== '/api/session') sessionEnded();
  throw problem;
}

export async function fetchJson<T>(path: string, call: Call = {}): Promise<T> {
  const response = await send(path, call);
  return (await response.json()) as T;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (thrown) {
    if (isAbort(thrown)) throw thrown;
    throw Problem.noAnswer();
  }
}

/** The value of Spring Security's CSRF cookie, or null before the first answer set it. */
export function csrfToken(cookies: string): string | null {
  for (const cookie of cookies.split(';')) {
    const [name, ...value] = cookie.trim().split('=');
    if (name === 'XSRF-TOKEN') return decodeURIComponent(value.join('='));
  }
  return null;
}

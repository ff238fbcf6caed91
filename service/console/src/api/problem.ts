/** An error answer of the service (RFC 9457), or the want of any answer (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | null,
    readonly type: string = 'about:blank',
  ) {
    super(detail ?? title);
    this.name = 'Problem';
  }

  /** True when no service answered, or one answered that it can't serve now. */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  static noAnswer(): Problem {
    return new Problem(
      0,
      'The service does not answer',
      'Overread could not be reached. Check that it is running; this page keeps trying.',
    );
  }
}

const titles: Record<number, string> = {
  400: 'The request was not understood',
  401: 'You are signed out',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible in this state',
  412: 'Changed by someone else',
  413: 'Too large',
  415: 'This image cannot be shown',
  429: 'Too many requests',
  500: 'The service failed',
  503: 'The service is not ready',
};

/** Makes a problem of a body's text: problem JSON, or anything else a proxy may put there. */
export function problemOf(status: number, body: string): Problem {
  const fallback = titles[status] ?? `HTTP status ${status}`;
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) {
      const fields = parsed as Record<string, unknown>;
      const type = text(fields.type) ?? 'about:blank';
      // The title of about:blank is HTTP's own phrase (RFC 9457 4.2.1): ours says it to a reader.
      const title = type === 'about:blank' && titles[status] ? fallback : text(fields.title);
      return new Problem(
        typeof fields.status === 'number' ? fields.status : status,
        title ?? fallback,
        text(fields.detail),
        type,
      );
    }
  } catch {
    // Not JSON: an error page of a proxy; its markup is of no use to the reader.
  }
  return new Problem(status, fallback, null);
}

/** Any thrown value as a problem, so that every failure is shown the same way. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Problem(-1, 'The console failed', message);
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError';
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.length > 0 ? value : null;
}

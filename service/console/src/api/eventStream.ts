export interface ServerEvent {
  event: string;
  data: string;
}

/**
 * An incremental parser of `text/event-stream` (WHATWG HTML 9.2.6). Chunks may end anywhere, also
 * inside a line end; comments (heartbeats) and events without data are dropped.
 */
export class EventStreamParser {
  private pending = '';
  private event = '';
  private data: string[] = [];

  push(chunk: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    this.pending += chunk;
    for (;;) {
      const end = this.pending.search(/\r|\n/);
      if (end < 0) return events;
      // A lone CR at the end of a chunk may be half of a CR LF: wait for what follows.
      if (this.pending[end] === '\r' && end === this.pending.length - 1) return events;
      const length = this.pending.startsWith('\r\n', end) ? 2 : 1;
      const line = this.pending.slice(0, end);
      this.pending = this.pending.slice(end + length);
      const complete = this.line(line);
      if (complete) events.push(complete);
    }
  }

  private line(line: string): ServerEvent | null {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? '' : line.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'event') this.event = value;
    if (field === 'data') this.data.push(value);
    return null;
  }

  private dispatch(): ServerEvent | null {
    const complete =
      this.data.length > 0
        ? { event: this.event === '' ? 'message' : this.event, data: this.data.join('\n') }
        : null;
    this.event = '';
    this.data = [];
    return complete;
  }
}

/** The events of a response's body, until it ends or its request is aborted. */
export async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new EventStreamParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(value);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

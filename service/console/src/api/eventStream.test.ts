import { expect, test } from 'vitest';
import { EventStreamParser, eventsOf } from './eventStream';

test('an event is its name and its data', () => {
  const parser = new EventStreamParser();
  expect(parser.push('event: token\ndata: {"text":"No"}\n\n')).toEqual([
    { event: 'token', data: '{"text":"No"}' },
  ]);
});

test('chunks may end anywhere, also inside CR LF', () => {
  const whole = 'event: a\r\ndata: 1\r\n\r\n:beat\r\n\r\nevent: b\rdata: 2\r\rdata:3\n\n';
  for (let cut = 1; cut < whole.length; cut++) {
    const parser = new EventStreamParser();
    const events = [...parser.push(whole.slice(0, cut)), ...parser.push(whole.slice(cut))];
    expect(events, `cut at ${cut}`).toEqual([
      { event: 'a', data: '1' },
      { event: 'b', data: '2' },
      { event: 'message', data: '3' },
    ]);
  }
});

test('several data lines join with a line feed, one leading blank is dropped', () => {
  expect(new EventStreamParser().push('data:  two\ndata\ndata:three\n\n')).toEqual([
    { event: 'message', data: ' two\n\nthree' },
  ]);
});

test('comments, ids and events without data are no events', () => {
  expect(new EventStreamParser().push(': heartbeat\n\nid: 7\nretry: 10\nevent: x\n\n')).toEqual([]);
});

test('an event the connection cut off is not delivered', () => {
  expect(new EventStreamParser().push('event: token\ndata: {"text":"ha')).toEqual([]);
});

test('a body of several bytes a character is decoded across chunks', async () => {
  const bytes = new TextEncoder().encode('data: 山田\n\n');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const seen = [];
  for await (const event of eventsOf(new Response(body))) seen.push(event.data);
  expect(seen).toEqual(['山田']);
});

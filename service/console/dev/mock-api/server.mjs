/**
 * A stand-in for the service, for work on the console alone: it keeps the contract of the HTTP API
 * with made-up studies. Serves `dist/` beside it, with the Content-Security-Policy the console needs.
 * POST /mock/NAME plays a situation: expire, down, up, empty, refill, other-edit, arrive, slow, fast.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { randomUUID } from 'node:crypto';
import { people } from './people.mjs';
import { frame } from './pixels.mjs';
import { png } from './png.mjs';
import { begin, drafted, model, note, reference, rules, study } from './studies.mjs';

const dist = new URL('../../dist/', import.meta.url).pathname;
export const policy =
  process.env.MOCK_CSP ??
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const sessions = new Map();
const listeners = new Set();
let studies = begin();
let down = false;
let delay = 60;

const visible = (of) =>
  JSON.parse(JSON.stringify(of, (key, value) => (key.startsWith('$') ? undefined : value)));
const row = (of) => ({ ...visible(of), series: undefined });
const changed = (of) => {
  for (const response of listeners)
    response.write(`event: study\ndata: ${JSON.stringify(row(of))}\n\n`);
};
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class Refusal extends Error {
  constructor(status, title, detail) {
    super(detail);
    Object.assign(this, { status, title });
  }
}

async function body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : JSON.parse(text);
}

function json(response, value, status = 200, headers = {}) {
  response.writeHead(status, {
    'Content-Type': status < 400 ? 'application/json' : 'application/problem+json',
    ...headers,
  });
  response.end(JSON.stringify(value));
}

function userOf(request) {
  const id = /SESSION=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  return sessions.get(id) ?? null;
}

function withRole(user, ...roles) {
  if (!roles.some((role) => people[user][1].includes(role))) {
    throw new Refusal(403, 'Not allowed', `This takes the role ${roles.join(' or ')}.`);
  }
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  try {
    if (url.pathname.startsWith('/mock/')) return json(response, await play(url.pathname.slice(6)));
    if (down) return request.socket.destroy();
    if (!url.pathname.startsWith('/api/')) return await page(url.pathname, response);
    await api(url, request, response);
  } catch (thrown) {
    if (response.headersSent) return response.end();
    const status = thrown.status ?? 500;
    json(
      response,
      { type: 'about:blank', title: thrown.title ?? 'Failed', status, detail: thrown.message },
      status,
    );
  }
});

async function page(path, response) {
  const file = normalize(path === '/' ? '/index.html' : path);
  const found = await readFile(join(dist, file)).catch(() => null);
  if (!found) return json(response, { title: 'Not found', status: 404 }, 404);
  response.writeHead(200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
  });
  response.end(found);
}

async function api(url, request, response) {
  const parts = url.pathname.split('/').slice(2);
  if (parts[0] === 'session') return session(request, response);
  const user = userOf(request);
  if (!user) throw new Refusal(401, 'Not signed in', 'Sign in first.');
  if (request.method !== 'GET' && !request.headers['x-xsrf-token'])
    throw new Refusal(403, 'Not allowed', 'The CSRF token is missing.');
  if (parts[0] === 'model') return json(response, model);
  if (parts[0] === 'triage') return triage(parts[1], user, request, response);
  if (parts[1] === 'events') return events(response, request);
  if (parts.length === 1) return list(url, response);
  const of = studies.find((each) => each.studyInstanceUid === parts[1]);
  if (!of) throw new Refusal(404, 'Not found', `No study ${parts[1]}.`);
  if (parts[2] === 'audit') return json(response, of.$audit);
  if (parts[2] === 'retention') return retention(of, user, parts[3], request, response);
  withRole(user, 'radiologist');
  if (parts.length === 2) return json(response, visible(of));
  if (parts[2] === 'instances') return pixels(of, parts, url, response);
  if (parts[2] === 'priors') return json(response, priorsOf(of));
  if (parts[2] === 'presentation-states') return json(response, []);
  if (parts[2] === 'report') return report(of, user, parts[3], request, response);
  if (parts[2] === 'questions') return questions(of, user, request, response);
  if (parts[2] === 'comparisons') return json(response, of.$comparisons ?? []);
  if (parts[2] === 'deliveries') return deliveries(of, user, parts, response);
  throw new Refusal(404, 'Not found', url.pathname);
}

function priorsOf(of) {
  const earlier = (each) => each.patientId === of.patientId && each.studyDate < of.studyDate;
  return { prior: false, studies: studies.filter(earlier) };
}

/** Knows no dictionary: a condition is read if it has an operator. */
async function triage(what, user, request, response) {
  withRole(user, 'administrator');
  if (request.method === 'GET') return json(response, rules);
  const sent = await body(request);
  if (what === 'rules') {
    if (sent.version !== rules.version)
      throw new Refusal(412, 'Changed', 'Somebody else changed the rules meanwhile.');
    rules.version++;
    rules.rules = sent.rules;
    rules.changes.unshift({
      version: rules.version,
      by: `user:${user}`,
      at: new Date().toISOString(),
      comment: sent.comment,
    });
    return json(response, rules);
  }
  const first = /[=~<>]| in | exists/.exec(sent.when);
  if (!first) {
    const position = sent.when.trimEnd().length;
    const message = 'one of = != < <= > >= ~ in exists is expected here';
    return json(response, { error: { position, message }, series: [] });
  }
  const of = studies.find((each) => each.studyInstanceUid === sent.studyInstanceUid);
  const series = (of?.series ?? []).map((each) => ({
    seriesInstanceUid: each.seriesInstanceUid,
    seriesNumber: each.seriesNumber,
    seriesDescription: each.seriesDescription,
    sopInstanceUid: each.instances[0].sopInstanceUid,
    holds: each.modality === 'CT',
    clauses: [
      {
        start: 0,
        end: sent.when.length,
        attribute: 'Modality',
        holds: each.modality === 'CT',
        values: [each.modality],
      },
    ],
  }));
  json(response, { error: null, series });
}

async function session(request, response) {
  const cookie = { 'Set-Cookie': [`XSRF-TOKEN=${randomUUID()}; Path=/`] };
  const tell = (user) => ({ username: user, displayName: people[user][0], roles: people[user][1] });
  if (request.method === 'POST') {
    const { username, password } = await body(request);
    await wait(200);
    if (!people[username] || password !== 'overread')
      throw new Refusal(401, 'Unauthorized', 'No such user, or the password is wrong.');
    const id = randomUUID();
    sessions.set(id, username);
    cookie['Set-Cookie'].push(`SESSION=${id}; Path=/; HttpOnly`);
    return json(response, tell(username), 200, cookie);
  }
  if (request.method === 'DELETE') {
    sessions.clear();
    response.writeHead(204);
    return response.end();
  }
  const user = userOf(request);
  if (!user) return json(response, { title: 'Unauthorized', status: 401 }, 401, cookie);
  json(response, tell(user), 200, cookie);
}

function events(response, request) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write(': open\n\n');
  listeners.add(response);
  const beat = setInterval(() => response.write(': heartbeat\n\n'), 5000);
  request.on('close', () => {
    listeners.delete(response);
    clearInterval(beat);
  });
}

function list(url, response) {
  const query = (url.searchParams.get('query') ?? '').toLowerCase();
  const after = url.searchParams.get('after');
  const found = studies.filter((each) =>
    [
      each.studyInstanceUid,
      each.patientName,
      each.patientId,
      each.accessionNumber,
      each.studyDescription,
    ]
      .join(' ')
      .toLowerCase()
      .includes(query),
  );
  const from = after ? found.findIndex((each) => each.studyInstanceUid === after) + 1 : 0;
  json(response, found.slice(from, from + Number(url.searchParams.get('limit') ?? 100)).map(row));
}

async function pixels(of, [, , , sop, , number, what], url, response) {
  await wait(delay);
  const series = of.series.find((each) =>
    each.instances.some((instance) => instance.sopInstanceUid === sop),
  );
  if (!series) throw new Refusal(404, 'Not found', 'No such instance.');
  if (series.$kind === 'broken') {
    throw new Refusal(
      415,
      'This image can not be shown',
      'Transfer syntax 1.2.840.10008.1.2.4.103 (HEVC/H.265) is stored as received but can not be decoded.',
    );
  }
  const at =
    series.instances.findIndex((instance) => instance.sopInstanceUid === sop) + Number(number) - 1;
  const made = frame(
    series.$kind,
    at,
    series.instances.length * (series.instances[0].numberOfFrames ?? 1),
  );
  if (what === 'rendered') {
    response.writeHead(200, { 'Content-Type': 'image/png' });
    return response.end(png(made, Number(url.searchParams.get('size') ?? 512)));
  }
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', ...made.headers });
  response.end(Buffer.from(made.data.buffer));
}

/** Whether the images are held; an administrator changes it. */
async function retention(of, user, hold, request, response) {
  if (hold === 'hold') {
    withRole(user, 'administrator');
    const { held, reason } = await body(request);
    of.$hold = held ? { reason, by: `user:${user}`, at: new Date().toISOString() } : null;
    note(of, held ? 'IMAGES_HELD' : 'IMAGES_RELEASED', `user:${user}`, { reason });
  }
  json(response, { imagesDeletedAt: null, hold: of.$hold ?? null });
}

/** All of a study's deliveries; one that is sent again arrives at once. */
async function deliveries(of, user, [, , , id, resent], response) {
  if (id === undefined) return json(response, of.$deliveries ?? []);
  const delivery = of.$deliveries?.find((each) => each.id === id);
  if (!delivery || resent !== 'resend') throw new Refusal(404, 'Not found', 'No such delivery.');
  Object.assign(delivery, {
    state: 'COMMITTED',
    tries: 0,
    status: '0000',
    reason: 'found by C-FIND',
    nextStepAt: null,
    updatedAt: new Date().toISOString(),
  });
  note(of, 'DELIVERY_RESENT', `user:${user}`, { destination: delivery.destination });
  json(response, delivery);
  changed(of);
}

const next = {
  DRAFTED: { accept: 'ACCEPTED', edit: 'EDITED', reject: 'REJECTED' },
  ACCEPTED: { edit: 'EDITED', reject: 'REJECTED', sign: 'SIGNED' },
  EDITED: { accept: 'ACCEPTED', edit: 'EDITED', reject: 'REJECTED', sign: 'SIGNED' },
  REJECTED: { edit: 'EDITED' },
  SIGNED: { amend: 'AMENDING' },
  AMENDING: { edit: 'AMENDING', reject: 'SIGNED', sign: 'SIGNED' },
  SUPERSEDED: {},
};
const past = {
  accept: 'ACCEPTED',
  edit: 'EDITED',
  reject: 'REJECTED',
  sign: 'SIGNED',
  amend: 'AMENDED',
};

async function report(of, user, action, request, response) {
  const current = of.$report;
  if (!current) throw new Refusal(404, 'Not found', 'There is no draft yet.');
  if (request.method === 'GET')
    return json(response, current, 200, { ETag: `"${current.version}"` });
  withRole(user, 'radiologist');
  const move = action ?? 'edit';
  const sent = await body(request);
  if (request.headers['if-match'] !== `"${current.version}"`) {
    throw new Refusal(
      412,
      'Changed by someone else',
      `The report is at version ${current.version}.`,
    );
  }
  const to = next[current.reviewState][move];
  if (!to)
    throw new Refusal(409, 'Not possible in this state', `The report is ${current.reviewState}.`);
  if (move === 'sign' && sent.password !== 'overread') {
    note(of, 'REPORT_SIGNED', `user:${user}`, { refusedFor: 'password' }, 'REFUSED');
    throw new Refusal(403, 'Not allowed', 'The password is wrong; nothing was signed.');
  }
  if (sent.text) current.text = sent.text;
  if (move === 'sign') {
    current.status = current.reviewState === 'AMENDING' ? 'amended' : 'final';
    Object.assign(current, {
      signedText: current.text,
      signedBy: user,
      signedByName: people[user][0],
      signedAt: new Date().toISOString(),
      signatureMeaning: sent.meaning,
    });
  }
  if (current.reviewState === 'AMENDING' && move === 'reject') current.text = current.signedText;
  Object.assign(current, {
    reviewState: to,
    version: current.version + 1,
    updatedAt: new Date().toISOString(),
  });
  reference(of);
  note(of, `REPORT_${past[move]}`, `user:${user}`, {
    version: String(current.version),
    textDigest: 'c0ffee'.repeat(10),
  });
  changed(of);
  json(response, current, 200, { ETag: `"${current.version}"` });
}

async function questions(of, user, request, response) {
  if (request.method === 'GET') return json(response, of.$questions);
  withRole(user, 'radiologist');
  const { question } = await body(request);
  const refused = /colou?r|ghost|where/i.test(question);
  const text = refused
    ? 'The images do not show enough to answer this.'
    : 'No pleural effusion is seen. Both costophrenic angles are sharp, on the frontal and on the lateral image.';
  const answer = {
    id: randomUUID(),
    askedBy: people[user][0],
    askedAt: new Date().toISOString(),
    question,
    answer: text,
    answeredAt: null,
    refused,
    confidence: refused ? null : 0.83,
    finishReason: 'stop',
  };
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  let closed = false;
  response.on('close', () => (closed = true));
  await wait(500);
  for (const word of text.split(/(?= )/)) {
    if (closed) return;
    response.write(`event: token\ndata: ${JSON.stringify({ text: word })}\n\n`);
    await wait(delay * 1.5);
    if (/fail/i.test(question)) {
      response.write(
        `event: error\ndata: ${JSON.stringify({ title: 'The model failed', status: 503, detail: 'Out of memory while answering.' })}\n\n`,
      );
      return response.end();
    }
  }
  answer.answeredAt = new Date().toISOString();
  of.$questions.push(answer);
  note(of, 'QUESTION_ASKED', `user:${user}`, { questionDigest: 'beef'.repeat(16) });
  note(of, 'ANSWER_GIVEN', 'service', { tokens: '21', confidence: '0.83' });
  response.end(`event: answer\ndata: ${JSON.stringify(answer)}\n\n`);
}

async function play(name) {
  if (name === 'expire') sessions.clear();
  if (name === 'down') {
    down = true;
    for (const response of listeners) response.destroy();
  }
  if (name === 'up') down = false;
  if (name === 'empty') studies = [];
  if (name === 'refill') studies = begin();
  if (name === 'slow') delay = 1500;
  if (name === 'fast') delay = 60;
  if (name === 'other-edit') {
    const of = studies.find((each) => each.patientName.startsWith('Baker'));
    const report = of.$report;
    report.text = report.text.replace('The heart is enlarged.', 'The heart is mildly enlarged.');
    report.version++;
    report.reviewState = 'EDITED';
    reference(of);
  }
  if (name === 'arrive') void arrive();
  return { played: name };
}

/** A study that arrives, is read and drafted within seconds. */
async function arrive() {
  const of = study('Live^Lucy', {
    minutes: 0,
    row: { state: 'RECEIVING', revision: 0, analysis: null, completedAt: null },
  });
  studies.unshift(of);
  changed(of);
  await wait(1500);
  Object.assign(of, { state: 'COMPLETE', revision: 1, completedAt: new Date().toISOString() });
  for (let share = 0; share < 1; share += 0.1) {
    of.analysis = {
      state: 'RUNNING',
      step: share < 0.3 ? 'Encoding images' : 'Findings',
      progress: share,
      failure: null,
    };
    changed(of);
    await wait(300);
  }
  of.analysis = { state: 'DONE', step: null, progress: 1, failure: null };
  drafted(of);
  note(of, 'DRAFT_WRITTEN', 'service', { version: '1' });
  changed(of);
}

const port = Number(process.env.MOCK_PORT ?? 8099);
server.listen(port, '127.0.0.1', () =>
  console.log(`mock of the service on http://127.0.0.1:${port}`),
);

/**
 * Measures the packaged service on this machine: start, memory, draft, question.
 *
 *   node service/measure/measure.mjs            (after: mvn -q -DskipTests package)
 *
 * JAVA      the Java 25 to use (default: the newest under /usr/lib/jvm that is one, else "java")
 * ROUNDS    how often starts and questions are repeated (5); the middle one is told, and the range
 *
 * Leave the machine alone meanwhile; the figures are wall-clock times.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const jar = join(dirname(fileURLToPath(import.meta.url)), '..', 'target', 'overread.jar');
if (!existsSync(jar)) {
  console.error(`there is no ${jar}: build it with mvn -q -DskipTests package`);
  process.exit(2);
}
const rounds = Number(process.env.ROUNDS ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'overread-measure-'));
const password = 'a password for measuring';
const quiet = 3;
// As the README tells to run it.
const memory = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const java = process.env.JAVA ?? newestJava();

function newestJava() {
  const places = existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm') : [];
  const found = places
    .map((name) => join('/usr/lib/jvm', name, 'bin', 'java'))
    .find((path) => existsSync(path) && /version "25/.test(spawnSync(path, ['-version']).stderr));
  return found ?? 'java';
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const http = await freePort();
const dicom = await freePort();
const environment = {
  ...process.env,
  OVERREAD_HOME: join(folder, 'home'),
  OVERREAD_HTTP_PORT: String(http),
  OVERREAD_DICOM_PORT: String(dicom),
  OVERREAD_ADMIN_PASSWORD: password,
  OVERREAD_STUDY_QUIET_SECONDS: String(quiet),
};
const base = `http://127.0.0.1:${http}`;
const headers = { Authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` };
const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function start(...options) {
  const began = performance.now();
  const log = openSync(join(folder, 'service.log'), 'a');
  const service = spawn(java, [...memory, ...options], {
    env: environment,
    stdio: ['ignore', log, log],
  });
  for (;;) {
    if (service.exitCode !== null) throw new Error(readFileSync(join(folder, 'service.log'), 'utf8'));
    try {
      if ((await fetch(`${base}/actuator/health`)).ok) break;
    } catch {
      // Not listening yet.
    }
    await sleep(10);
  }
  return { service, seconds: (performance.now() - began) / 1000 };
}

async function stop(service) {
  const gone = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  await gone;
}

/** Memory in MB that the service and its PostgreSQL hold, shared pages counted once (PSS). */
function resident(pid) {
  let kilobytes = 0;
  for (const each of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const own = Number(each) === pid;
      const command = readFileSync(`/proc/${each}/cmdline`, 'utf8');
      const cwd = own || command.startsWith('postgres') || command.includes('/bin/postgres');
      if (!cwd) continue;
      const environ = own ? folder : readFileSync(`/proc/${each}/environ`, 'utf8');
      if (!own && !environ.includes(folder) && !command.includes(folder)) continue;
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'utf8'))[1]);
    } catch {
      // Ended meanwhile, or not ours to read.
    }
  }
  return Math.round(kilobytes / 1024);
}

const told = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const f = (value) => value.toFixed(2);
  return `${f(sorted[sorted.length >> 1])} s (${f(sorted[0])} to ${f(sorted.at(-1))}, ${sorted.length} runs)`;
};

async function starts(...options) {
  const seconds = [];
  for (let i = 0; i < rounds; i++) {
    const started = await start(...options);
    seconds.push(started.seconds);
    await stop(started.service);
  }
  return seconds;
}

async function json(path) {
  const response = await fetch(base + path, { headers });
  return response.ok ? response.json() : null;
}

async function drafts() {
  const sent = spawnSync(java, ['-jar', jar, 'samples', join(folder, 'samples')], { env: environment });
  if (sent.status !== 0) throw new Error(String(sent.stderr) + sent.stdout);
  const delays = [];
  for (const file of readdirSync(join(folder, 'samples'))) {
    const before = new Set((await json('/api/studies')).map((row) => row.studyInstanceUid));
    const result = spawnSync(java, ['-jar', jar, 'send', join(folder, 'samples', file)], { env: environment });
    if (result.status !== 0) throw new Error(String(result.stdout) + result.stderr);
    const study = (await json('/api/studies')).find((row) => !before.has(row.studyInstanceUid));
    let report = null;
    while (!(report = await json(`/api/studies/${study.studyInstanceUid}/report`))) await sleep(50);
    const last = Date.parse((await json(`/api/studies/${study.studyInstanceUid}`)).lastInstanceAt);
    delays.push((Date.parse(report.createdAt) - last) / 1000 - quiet);
    drafts.last = study.studyInstanceUid;
  }
  return delays;
}

async function ask(question) {
  const began = performance.now();
  let first = 0;
  const response = await fetch(`${base}/api/studies/${drafts.last}/questions`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ question }),
  });
  for await (const piece of response.body) {
    if (!first && Buffer.from(piece).includes('event:token')) first = (performance.now() - began) / 1000;
  }
  return { first, whole: (performance.now() - began) / 1000 };
}

try {
  const first = await start('-jar', jar);
  console.log(`first start, with a new database: ${first.seconds.toFixed(2)} s`);
  await stop(first.service);
  console.log(`start of the jar: ${told(await starts('-jar', jar))}`);

  const extracted = join(folder, 'extracted');
  spawnSync(java, ['-Djarmode=tools', '-jar', jar, 'extract', '--destination', extracted]);
  const cache = join(folder, 'overread.aot');
  const trained = await start(`-XX:AOTCacheOutput=${cache}`, '-jar', join(extracted, 'overread.jar'));
  await stop(trained.service);
  console.log(
    `start of the extracted jar with an AOT cache: ${told(
      await starts(`-XX:AOTCache=${cache}`, '-jar', join(extracted, 'overread.jar')),
    )}`,
  );

  const { service } = await start('-jar', jar);
  await sleep(15_000);
  console.log(`memory at rest, PostgreSQL included: ${resident(service.pid)} MB`);
  console.log(`end of the quiet time to draft: ${told(await drafts())}`);
  await ask('What modality is this?');
  const asked = [];
  for (let i = 0; i < rounds; i++) asked.push(await ask('What abnormality is seen in this image?'));
  console.log(`question to first token: ${told(asked.map((each) => each.first))}`);
  console.log(`question to whole answer: ${told(asked.map((each) => each.whole))}`);
  console.log(`memory after that work: ${resident(service.pid)} MB`);
  await stop(service);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

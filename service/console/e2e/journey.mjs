/**
 * The whole journey in a real browser against a running service: log-in, worklist, study, draft,
 * question with a streamed answer, edit, signature, audit trail.
 *
 *   node e2e/journey.mjs BASE_URL USERNAME PASSWORD
 *
 * OVERREAD_SCREENSHOTS  folder for pictures (none: no pictures)
 * OVERREAD_STUDY        study to open (none: the first one that is on its way or to be read)
 * OVERREAD_PATIENCE     seconds to wait for a study and for its draft (180)
 * OVERREAD_QUESTION     what to ask ("Describe the findings.")
 * CHROMIUM              browser (/usr/bin/chromium)
 *
 * Ends with 0, or with 1 and the step that failed.
 */
import { camera, complaintsOf, launch } from './browser.mjs';

const [base, username, password] = process.argv.slice(2);
if (!base || !username || !password) {
  console.error('usage: node e2e/journey.mjs BASE_URL USERNAME PASSWORD');
  process.exit(2);
}
const question = process.env.OVERREAD_QUESTION ?? 'Describe the findings.';
const patience = Number(process.env.OVERREAD_PATIENCE ?? 180) * 1000;
const sentence = `Read by a person in the browser test at ${new Date().toISOString()}.`;

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(20_000);
const complaints = complaintsOf(page);
const shot = await camera(process.env.OVERREAD_SCREENSHOTS);
const id = (name) => page.getByTestId(name);
let step = 'start';

function must(condition, message) {
  if (!condition) throw new Error(message);
}

async function at(name, act) {
  step = name;
  const begin = Date.now();
  await act();
  console.log(`${name}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

try {
  await at('log-in', async () => {
    await page.goto(base);
    await id('sign-in-username').fill(username);
    await id('sign-in-password').fill(password);
    await shot(page, 'log-in');
    await id('sign-in-submit').click();
    await id('worklist').or(id('problem')).first().waitFor();
    if (await id('problem').isVisible()) throw new Error(await id('problem').innerText());
  });

  await at('worklist', async () => {
    const wanted = process.env.OVERREAD_STUDY;
    const row = wanted
      ? page.locator(`[data-testid=study-row][data-study="${wanted}"]`)
      : page.locator('[data-testid=study-row]:not([data-step=signed]):not([data-step=attention])');
    await row.first().waitFor({ timeout: patience });
    must((await id('feed').innerText()) === 'Live', 'The worklist is not live');
    await shot(page, 'worklist');
    await row.first().locator('a').focus();
    await page.keyboard.press('Enter');
    await id('study').waitFor();
  });

  await at('image', async () => {
    const drawn = page.locator('[data-testid=viewport]:not([data-shown=""])');
    await drawn.or(id('image-failure')).first().waitFor({ timeout: 60_000 });
    if (await id('image-failure').isVisible()) {
      throw new Error(`The image failed: ${await id('image-failure').innerText()}`);
    }
    await page.waitForFunction(greys, undefined, { timeout: 20_000 });
    const before = await id('window-level').innerText();
    await page.keyboard.press('i');
    await page.waitForFunction(() =>
      document.querySelector('[data-testid=window-level]')?.textContent?.includes('inverted'),
    );
    await page.keyboard.press('r');
    await page.waitForFunction(
      (text) => document.querySelector('[data-testid=window-level]')?.textContent === text,
      before,
    );
  });

  await at('draft', async () => {
    await id('report-panel').waitFor({ timeout: patience });
    must(await id('draft-banner').isVisible(), 'The draft does not say that a machine wrote it');
    must(
      (await id('draft-banner').innerText()).includes('Drafted by a machine'),
      'The banner does not say "Drafted by a machine"',
    );
    must((await id('finding').count()) > 0, 'The draft has no findings');
    must((await id('report-text').innerText()).trim() !== '', 'The draft has no text');
    await page.keyboard.press('n');
    await page.locator('[data-testid=finding][aria-pressed=true]').waitFor();
    await shot(page, 'draft');
  });

  await at('question', async () => {
    await page.keyboard.press('q');
    await page.evaluate(watchAnswer);
    const answers = id('answer');
    const before = await answers.count();
    await id('question').fill(question);
    await page.keyboard.press('Enter');
    // A fast model may be done before a picture can be taken: the observer is the witness.
    await page.waitForFunction(
      (count) =>
        window.answerSteps.length > 0 ||
        document.querySelectorAll('[data-testid=answer]').length > count,
      before,
      { timeout: 60_000 },
    );
    await shot(page, 'answer-streaming');
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-testid=answer]').length > count,
      before,
      { timeout: 120_000 },
    );
    must(!(await id('exchange-under-way').isVisible()), 'The answer did not end');
    const last = answers.last();
    const refused = (await last.getAttribute('data-refused')) === 'true';
    const text = (await last.getByTestId('answer-text').innerText()).trim();
    must(refused || text !== '', 'The model gave an empty answer');
    const seen = await page.evaluate(() => window.answerSteps.length);
    // A small model may be done within one frame of the page: then the stream itself has to show
    // that the answer came in pieces.
    const pieces = await page.evaluate(
      async () => (await window.answerWire).split('event:token').length - 1,
    );
    must(seen > 0 || pieces > 1 || refused, 'The answer came whole, not piece by piece');
    console.log(`  pieces on the wire: ${pieces}`);
    console.log(`  seen while streaming: ${seen} states; answer: ${text.replaceAll('\n', ' | ')}`);
    await shot(page, 'answer');
    await page.keyboard.press('Escape');
  });

  await at('edit', async () => {
    await page.keyboard.press('d');
    await page.keyboard.press('e');
    const editor = id('report-editor');
    await editor.waitFor();
    await editor.fill(`${await editor.inputValue()}\n${sentence}`);
    await shot(page, 'edit');
    await page.keyboard.press('Control+Enter');
    await editor.waitFor({ state: 'detached' });
    await page.locator('[data-testid=report-panel][data-state=EDITED]').waitFor();
    must((await id('report-text').innerText()).includes(sentence), 'The edit was not kept');
    await id('compare').click();
    must(
      (await id('report-diff').locator('ins').allInnerTexts())
        .join('')
        .includes('Read by a person'),
      'The edit is not shown as a change to the draft',
    );
    await shot(page, 'changes');
    await id('compare').click();
  });

  await at('wrong password', async () => {
    await id('report-panel').waitFor();
    await page.keyboard.press('s');
    await id('sign-dialog').waitFor();
    await id('sign-password').fill(`${password}-not`);
    await id('sign-confirm').click();
    await id('sign-dialog').getByTestId('problem').waitFor();
    await shot(page, 'wrong-password');
  });

  await at('signature', async () => {
    await id('sign-password').fill(password);
    await shot(page, 'sign');
    await id('sign-confirm').click();
    await id('signed-banner').waitFor();
    const banner = await id('signed-banner').innerText();
    must(/Signed, (final|amended)/.test(banner), `The banner says: ${banner}`);
    must((await id('report-text').innerText()).includes(sentence), 'Another text was signed');
    await shot(page, 'signed');
  });

  await at('audit trail', async () => {
    await page.keyboard.press('t');
    for (const action of [
      'DRAFT_WRITTEN',
      'QUESTION_ASKED',
      'ANSWER_GIVEN',
      'REPORT_EDITED',
      'REPORT_SIGNED',
    ]) {
      await page
        .locator(`[data-testid=audit-entry][data-action=${action}]`)
        .first()
        .waitFor({ timeout: 15_000 })
        .catch(() => {
          throw new Error(`The audit trail has no ${action}`);
        });
    }
    await shot(page, 'audit');
  });

  await at('worklist again', async () => {
    const uid = new URL(page.url()).hash.match(/studies\/([0-9.]+)/)?.[1];
    await page.keyboard.press('Escape');
    await page.locator(`[data-testid=study-row][data-study="${uid}"][data-step=signed]`).waitFor();
    await shot(page, 'worklist-signed');
    await id('sign-out').click();
    await id('sign-in-username').waitFor();
  });

  step = 'browser console';
  const serious = complaints.filter(
    (each) => each.startsWith('page:') || each.includes('Content Security Policy'),
  );
  must(serious.length === 0, serious.join('\n'));
  console.log('The journey is whole.');
} catch (thrown) {
  await shot(page, 'failure').catch(() => {});
  console.error(`FAILED at ${step}: ${thrown.message}`);
  for (const each of complaints) console.error(`  ${each}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}

/** In the page: true when the canvas shows an image and not one flat grey. */
function greys() {
  const canvas = document.querySelector('[data-testid=viewport] canvas');
  const context = canvas?.getContext('2d');
  if (!context || canvas.width === 0 || canvas.height === 0) return false;
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4 * 97) seen.add(data[at]);
  return seen.size > 8;
}

/** In the page: keeps every text that a streaming answer had on its way, and a copy of its stream. */
function watchAnswer() {
  window.answerSteps = [];
  const plain = window.fetch;
  window.fetch = async (...request) => {
    const response = await plain(...request);
    if (request[1]?.method === 'POST' && String(request[0]).endsWith('/questions')) {
      window.answerWire = response.clone().text();
    }
    return response;
  };
  new MutationObserver(() => {
    const writing = document.querySelector(
      '[data-testid=exchange-under-way][data-state=writing] [data-testid=answer-stream]',
    );
    const text = writing?.textContent ?? '';
    if (text !== '' && text !== window.answerSteps.at(-1)) window.answerSteps.push(text);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

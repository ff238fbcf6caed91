/** Drives the console over the mock and takes a picture of each page and state. Starts the mock itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { camera, complaintsOf, launch } from '../e2e/browser.mjs';

const folder = process.argv[2] ?? '/tmp/overread-screens';
const base = 'http://127.0.0.1:8099';
const mock = spawn(process.execPath, [new URL('mock-api/server.mjs', import.meta.url).pathname], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(mock.stdout, 'data');
const play = (name) => fetch(`${base}/mock/${name}`, { method: 'POST' });
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(8000);
const complaints = complaintsOf(page);
const shot = await camera(folder);
const id = (name) => page.getByTestId(name);
const row = (name) =>
  page.locator('[data-testid=study-row]:has(td.name)', {
    has: page.locator('td.name', { hasText: name }),
  });
const signIn = async (name, password = 'overread') => {
  await id('sign-in-username').fill(name);
  await id('sign-in-password').fill(password);
  await id('sign-in-submit').click();
};
const shown = () => page.locator('[data-testid=viewport]:not([data-shown=""])').waitFor();
const settle = (time = 400) => page.waitForTimeout(time);

try {
  await page.goto(base);
  await shot(page, 'sign-in');
  await signIn('reader', 'wrong');
  await id('problem').waitFor();
  await shot(page, 'sign-in-wrong');
  await signIn('reader');
  await row('Baker').waitFor();
  await settle();
  await shot(page, 'worklist');
  await play('arrive');
  await settle(3000);
  await shot(page, 'worklist-live');
  await page.keyboard.press('?');
  await shot(page, 'keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('nobody');
  await id('worklist-no-match').waitFor();
  await shot(page, 'worklist-no-match');
  await page.keyboard.press('Escape');
  await row('Baker').waitFor();

  await row('Baker').click();
  await shown();
  await settle(1200);
  await shot(page, 'study');
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await settle();
  await shot(page, 'study-second-finding');
  await page.keyboard.press('i');
  const view = await id('viewport').boundingBox();
  await page.mouse.move(view.x + 200, view.y + 200);
  await page.mouse.down();
  await page.mouse.move(view.x + 260, view.y + 160, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.press('z');
  await page.mouse.down();
  await page.mouse.move(view.x + 260, view.y + 80, { steps: 5 });
  await page.mouse.up();
  await settle();
  await shot(page, 'viewer-inverted-windowed-zoomed');
  await page.keyboard.press('r');
  await settle();
  await shot(page, 'viewer-reset');

  await page.keyboard.press('e');
  await id('report-editor').fill(
    (await id('report-editor').inputValue()).replace(
      'There is no rib fracture.',
      'Healed fracture of the right sixth rib.',
    ),
  );
  await shot(page, 'editing');
  await play('other-edit');
  await page.keyboard.press('Control+Enter');
  await id('conflict').waitFor();
  await settle();
  await shot(page, 'conflict');
  await id('conflict-mine').click();
  await id('report-save').click();
  await id('report-editor').waitFor({ state: 'detached' });
  await id('compare').click();
  await settle();
  await shot(page, 'changes-to-draft');
  await id('compare').click();

  await page.keyboard.press('q');
  await shot(page, 'questions-empty');
  await page.keyboard.type('Is there a pleural effusion?');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1300);
  await shot(page, 'question-streaming');
  await id('answer').waitFor();
  await page.keyboard.type('Where is the ghost?');
  await page.keyboard.press('Enter');
  await page.locator('[data-refused=true]').waitFor();
  await page.keyboard.type('Does the heart look large, in your opinion?');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1200);
  await id('question-stop').click();
  await settle();
  await shot(page, 'question-stopped');
  await id('question').fill('fail please');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid=exchange-under-way][data-state=failed]').waitFor();
  await shot(page, 'question-failed');
  await page.keyboard.press('Escape');

  await page.keyboard.press('d');
  await page.keyboard.press('s');
  await id('sign-dialog').waitFor();
  await settle();
  await shot(page, 'sign');
  await id('sign-password').fill('no');
  await id('sign-confirm').click();
  await id('problem').waitFor();
  await shot(page, 'sign-wrong-password');
  await id('sign-password').fill('overread');
  await id('sign-confirm').click();
  await id('signed-banner').waitFor();
  await settle();
  await shot(page, 'signed');
  await page.keyboard.press('t');
  await id('audit-entry').first().waitFor();
  await settle();
  await shot(page, 'audit');
  await page.keyboard.press('d');
  await page.keyboard.press('e');
  await id('reason-dialog').waitFor();
  await shot(page, 'amend-reason');
  await id('reason').fill('Addendum after the clinical round');
  await id('reason-confirm').click();
  await id('report-editor').waitFor();
  await settle();
  await shot(page, 'amending');
  await id('report-discard').click();
  await page.keyboard.press('Escape');

  for (const [name, label] of [
    ['Yamada', 'ct'],
    ['Wolfe', 'long-name'],
    ['قباني', 'arabic-name'],
    ['Inverse', 'monochrome1'],
    ['Revised', 'new-images'],
    ['Drafting', 'drafting'],
    ['Receiving', 'receiving'],
    ['Failed', 'model-failed'],
    ['Rejected', 'rejected'],
  ]) {
    await row(name).click();
    await id('study').waitFor();
    await shown();
    await settle(900);
    await shot(page, `study-${label}`);
    if (label === 'ct') {
      for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowDown');
      await page.mouse.move(view.x + 200, view.y + 300);
      await page.mouse.wheel(0, 100);
      await settle(700);
      await shot(page, 'study-ct-scrolled');
    }
    await page.keyboard.press('Escape');
    await id('worklist').waitFor();
  }
  await row('Mixed').click();
  await shown();
  await page.keyboard.press('ArrowRight');
  await settle(1200);
  await shot(page, 'study-colour-loop');
  await id('series').nth(3).click();
  await id('image-failure').waitFor();
  await shot(page, 'image-not-renderable');
  await id('series').nth(4).click();
  await settle();
  await shot(page, 'series-without-images');
  await id('series').nth(0).click();
  await settle();

  await play('down');
  await id('service-down').waitFor({ timeout: 20000 });
  await shot(page, 'service-down');
  await play('up');
  await id('service-down').waitFor({ state: 'detached', timeout: 20000 });
  await page.keyboard.press('e');
  await id('report-editor').press('End');
  await page.keyboard.type('KEPT ');
  await play('expire');
  await id('report-save').click();
  await id('session-ended').waitFor();
  await shot(page, 'session-ended');
  await signIn('reader');
  await id('report-editor').waitFor();
  await settle(1000);
  await shot(page, 'back-where-it-was');
  if (!(await id('report-editor').inputValue()).includes('KEPT'))
    throw new Error('The edit was lost');

  await page.setViewportSize({ width: 2560, height: 1300 });
  await settle(1200);
  await shot(page, 'wide-study');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await id('worklist').waitFor();
  await settle();
  await shot(page, 'wide-worklist');
  await page.setViewportSize({ width: 1280, height: 800 });
  await id('sign-out').click();
  await signIn('keeper');
  await row('Baker').click();
  await id('audit-only').waitFor();
  await id('hold-change').click();
  await id('reason').fill('lawsuit 12/26');
  await shot(page, 'hold');
  await id('reason-confirm').click();
  await page.locator('[data-testid=images-kept][data-held=true]').waitFor();
  await settle();
  await shot(page, 'administrator');
  await id('sign-out').click();
  await signIn('reader');
  await page.goto(`${base}/#/studies/9.9.9`);
  await id('problem').waitFor();
  await shot(page, 'no-such-study');
  await id('sign-out').click();
  await signIn('auditor');
  await page.goto(`${base}/#/`);
  await row('Baker').click();
  await id('audit-entry').first().waitFor();
  await shot(page, 'auditor');
  await play('empty');
  await page.goto(`${base}/#/`);
  await page.reload();
  await id('worklist-empty').waitFor();
  await shot(page, 'worklist-empty');
} catch (thrown) {
  await shot(page, 'FAILURE');
  console.error(thrown);
  process.exitCode = 1;
} finally {
  console.log(
    complaints.length === 0 ? 'The browser complained about nothing.' : complaints.join('\n'),
  );
  await browser.close();
  mock.kill();
}

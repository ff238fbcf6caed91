import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // WebGL without a graphics card, in software.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** Starts the machine's Chromium; `CHROMIUM` names another one. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: flags,
  });
}

/** Collects what the browser complains about: policy violations, errors, failed requests. */
export function complaintsOf(page) {
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page: ${error.stack ?? error.message}`));
  return complaints;
}

/** Takes numbered pictures into a folder, or none when no folder is named. */
export async function camera(folder) {
  let count = 0;
  if (folder) await mkdir(folder, { recursive: true });
  return async (page, name) => {
    if (!folder) return;
    count++;
    await page.screenshot({ path: join(folder, `${String(count).padStart(2, '0')}-${name}.png`) });
  };
}

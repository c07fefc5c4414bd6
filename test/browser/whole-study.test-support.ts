/** What the people of a study do in the browser, each by the names that they read on the page. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../source-files.ts';
import { builtWeb } from './built-web.ts';

const PASSWORD = 'a few words in a row';
const PATIENTS = 400;

/** Runs the command line as a user does; its answer. */
export function chartproof(...words: readonly string[]): string {
  return execFileSync(process.execPath, [join(root, 'bin/chartproof.js'), ...words], { encoding: 'utf8' });
}

export interface ServedFromNothing extends AsyncDisposable {
  /** The link that the first start printed. */
  readonly setUpLink: string;
  readonly url: string;
}

/** A workspace that was just made, the demo's institution in its inbox, and the program that serves it. */
export async function servedFromNothing(): Promise<ServedFromNothing> {
  await builtWeb();
  const folder = mkdtempSync(join(tmpdir(), 'chartproof-whole-'));
  const workspace = join(folder, 'workspace');
  chartproof('demo', 'input', '--patients', String(PATIENTS), '--out', join(folder, 'hand-over'));
  chartproof('init', workspace);
  cpSync(join(folder, 'hand-over/institution'), join(workspace, 'inbox'), { recursive: true });
  const program = spawn(process.execPath, [join(root, 'bin/chartproof.js'), 'serve', '-w', workspace, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [url = '', setUpLink = ''] = await addressesOf(program);
  return {
    url,
    setUpLink,
    async [Symbol.asyncDispose]() {
      const ended = once(program, 'exit');
      program.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** Where the workbench is, and the link to set it up, as the program prints them. */
async function addressesOf({ stdout }: ChildProcess): Promise<readonly string[]> {
  let said = '';
  for await (const words of stdout ?? []) {
    said += String(words);
    const addresses = said.match(/https?:\S+/g) ?? [];
    if (addresses.length === 2 && said.endsWith('\n')) return addresses;
  }
  throw new Error(`The program ended: ${said}`);
}

/** Comes in by a one-time link: the first account chooses its names, others have theirs. */
export async function comeIn(page: Page, link: string, names?: { login: string; name: string }): Promise<void> {
  await page.goto(link);
  if (names) {
    await page.getByRole('textbox', { name: 'Name to sign in with' }).fill(names.login);
    await page.getByRole('textbox', { name: 'Your name' }).fill(names.name);
  }
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('The same again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await page.getByRole('heading', { name: 'Studies', exact: true }).waitFor();
}

/** Goes to a page by the navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Makes an account; the link for whoever it is of. */
export async function invite(page: Page, login: string, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const form = page.getByRole('dialog', { name: 'Invite somebody' });
  await form.getByRole('textbox', { name: 'Name to sign in with' }).fill(login);
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await form.getByRole('button', { name: 'Make the account' }).click();
  const link = await form.getByText(/^http.*\/link#/).textContent();
  await form.getByRole('button', { name: 'Done' }).click();
  return link ?? '';
}

/** Gives somebody a role on the page of the people of the study. */
export async function giveRole(page: Page, login: string, role: string): Promise<void> {
  await page.getByRole('button', { name: 'Give a role' }).click();
  const form = page.getByRole('dialog', { name: 'Give a role in this study' });
  await form.getByRole('textbox', { name: 'Name to sign in with' }).fill(login);
  await form.getByRole('combobox', { name: 'Role' }).selectOption(role);
  await form.getByRole('button', { name: 'Give the role' }).click();
  await form.waitFor({ state: 'hidden' });
}

/** Imports a file or folder of the inbox, after a look at what it would do. */
export async function importFromInbox(page: Page, path: RegExp, mapping?: string): Promise<void> {
  await page.getByRole('button', { name: 'Import files' }).click();
  if (mapping) await page.getByRole('radio', { name: 'Tables with a mapping' }).check();
  await page.getByRole('checkbox', { name: path }).check();
  if (mapping) await page.getByRole('combobox', { name: 'Mapping' }).selectOption(mapping);
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('A dry run: nothing was stored yet.').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText(/The records became snapshot/).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
}

/** The chart that is open, once it is another than the one before. */
export async function openedChart(page: Page, before: string): Promise<string> {
  const chart = page.getByRole('region', { name: new RegExp(`^Chart of (?!${before || '-'}$)`) });
  return ((await chart.getAttribute('aria-label')) ?? '').replace('Chart of ', '');
}

/** That all that was entered is on the disk of the server. */
export async function saved(page: Page): Promise<void> {
  await page
    .getByRole('status')
    .getByText(/^Saved/)
    .waitFor();
}

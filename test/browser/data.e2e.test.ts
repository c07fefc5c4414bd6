import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { overflowOf, screenshot, violationsOf } from './both-themes.ts';
import { startChromium } from './chromium.ts';
import { type WorkspaceWithAccounts, workspaceWithAccounts } from './workspace-with-accounts.ts';

const LONG = { timeout: 60_000 };

let browser: Browser;
let at: WorkspaceWithAccounts;

beforeAll(async () => {
  browser = await startChromium();
});
beforeEach(async () => {
  at = await workspaceWithAccounts((study) => ({ olga: [{ study, role: 'owner' }] }));
  return () => at[Symbol.asyncDispose]();
});
afterAll(() => browser?.close());

function put(name: string, lines: readonly string[]): void {
  const { inbox } = at.of.workspace.paths;
  mkdirSync(join(inbox, 'newer'), { recursive: true });
  writeFileSync(join(inbox, name), `${lines.join('\n')}\n`);
}

/** A new person with psoriasis, and a line that is cut off within a text that a browser could take for a script. */
function putExport(): void {
  put('newer/export.ndjson', [
    '{"resourceType":"Patient","id":"6","name":[{"family":"Family6"}],"birthDate":"1966-05-01"}',
    '{"resourceType":"Condition","id":"6","subject":{"reference":"Patient/6"},"onsetDateTime":"2015-02-01","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"L40.0"}]}}',
    '{"resourceType":"Condition","id":"7","note":"<img src=x onerror=alert(1)> {{Family7}}',
  ]);
}

/** Looks at a page as everybody must be able to: no fault, no violation, nothing beyond the window. */
async function expectSound({ page, faults }: { page: Page; faults: readonly string[] }, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await violationsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  expect(faults).toEqual([]);
}

test('files of the inbox: a dry run, the import, its quarantine; then the study is moved to the new records', async () => {
  await using opened = await at.pageOf(browser, 'root', '/data');
  const { page } = opened;
  await page.getByRole('grid', { name: 'Imports' }).waitFor();
  await page.getByRole('button', { name: 'Import files' }).click();
  await page.getByRole('heading', { name: 'The inbox is empty' }).waitFor();
  await expectSound(opened, 'data-empty-inbox');
  putExport();
  await page.getByRole('button', { name: 'Look again' }).click();
  await page
    .getByRole('checkbox', { name: /^newer\// })
    .first()
    .check();
  const doImport = page.getByRole('button', { name: 'Import', exact: true });
  expect(await doImport.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('A dry run: nothing was stored yet.').waitFor(LONG);
  await expectSound(opened, 'data-dry-run');
  await doImport.click();
  await page.getByText(/The records became snapshot/).waitFor(LONG);
  await page.getByText('5 notes are indexed, 0 of them new.').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  const imports = page.getByRole('grid', { name: 'Imports' });
  await expect.poll(() => imports.locator('tr[data-index]').count()).toBe(2);
  await expectSound(opened, 'data-imports');

  await imports.getByRole('row', { name: /export\.ndjson/ }).click();
  const line = page.getByRole('row', { name: /export\.ndjson:3.*json\.invalid/ });
  await line.waitFor();
  await expectSound(opened, 'data-account');
  expect(await page.content()).not.toContain('Family7');
  await line.click();
  await page.getByRole('button', { name: 'Show the line' }).click();
  await page.getByText('<img src=x onerror=alert(1)> {{Family7}}').waitFor();
  await expectSound(opened, 'data-quarantined-line');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: 'Snapshots' }).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByText(/persons added 1, removed 0/).waitFor(LONG);
  await expectSound(opened, 'data-snapshots');

  await page.getByRole('tab', { name: 'Studies' }).click();
  expect(new URL(page.url()).search).toBe('?tab=studies');
  await page.getByRole('button', { name: 'What would a move change?' }).click();
  await page.getByText(/nothing is changed yet/).waitFor(LONG);
  await expectSound(opened, 'data-move');
  await page.getByRole('button', { name: 'Move the study' }).click();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByText(/The study now stands on/).waitFor(LONG);
  await page.getByText(/stands on the current records/).waitFor();
  expect(opened.faults).toEqual([]);
});

test('the quality of the records: what failed first, the others on request', async () => {
  await using opened = await at.pageOf(browser, 'root', '/data?tab=quality');
  const { page } = opened;
  await page.getByRole('heading', { name: 'Not checked yet' }).waitFor();
  await page.getByRole('button', { name: 'Check the records' }).click();
  await page.getByText(/checks failed/).waitFor(LONG);
  await page.getByRole('checkbox', { name: 'Also checks that passed' }).check();
  await page.getByRole('table', { name: 'Checks of the records' }).waitFor();
  await expectSound(opened, 'data-quality');
});

test('a table whose rows name nobody for certain: its preview, then the steward decides', async () => {
  put('mapping.yaml', [
    'source: pharmacy',
    'becomes: drug_exposure',
    'row_id: [Rx]',
    'columns: { date: { column: Filled, format: [YYYY-MM-DD] }, drug: Drug }',
    'person: { record_number: Number, family_name: Family, birth_date: { column: Born, format: [YYYY-MM-DD] } }',
    'linkage: [{ match: [record_number] }]',
  ]);
  put('fills.csv', ['Rx,Filled,Drug,Number,Family,Born', '1,2015-05-06,Methotrexate,77,Family1,1961-05-01']);
  await using opened = await at.pageOf(browser, 'root', '/data');
  const { page } = opened;
  await page.getByRole('button', { name: 'Import files' }).click();
  await page.getByRole('radio', { name: 'Tables with a mapping' }).check();
  await page.getByRole('checkbox', { name: /fills\.csv/ }).check();
  await page.getByRole('combobox', { name: 'Mapping' }).selectOption('mapping.yaml');
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('The first rows as the mapping reads them').waitFor(LONG);
  await expectSound(opened, 'data-dry-run-table');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Done' }).waitFor(LONG);

  await page.getByRole('tab', { name: 'Linkage to confirm' }).click();
  const row = page.getByRole('row', { name: /pharmacy\/1.*Patient\/1/ });
  await row.waitFor();
  expect(await page.content()).not.toContain('Family1');
  await expectSound(opened, 'data-linkage');
  await row.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /The row.*Family1/ }).waitFor();
  await expectSound(opened, 'data-linkage-row');
  await page.getByRole('button', { name: 'Same person' }).click();
  await page.getByRole('heading', { name: 'No row waits for a decision' }).waitFor();
  await page.getByRole('link', { name: 'Audit trail' }).click();
  await page.getByRole('row', { name: /linkage\.decide.*confirmed/ }).waitFor();
  expect(opened.faults).toEqual([]);
});

test('an owner sees on which records the study stands; who is no steward finds no data page', async () => {
  await using opened = await at.pageOf(browser, 'olga', `/studies/${at.study}/records`);
  const { page } = opened;
  await page.getByText(/The study stands on the current records/).waitFor();
  await expectSound(opened, 'study-records');
  expect(await page.getByRole('link', { name: 'Data' }).count()).toBe(0);
  await page.goto('/data');
  await page.getByRole('heading', { name: 'Your roles do not open this page' }).waitFor();
});

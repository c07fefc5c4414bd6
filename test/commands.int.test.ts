/** The program as a user meets it: every command's help, and what it says to wrong input. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROTOCOL_PATH } from '../demo/reference-study/index.ts';
import { silent } from '../src/base/index.ts';
import { demoOf } from '../src/cli/demo-steps.ts';
import { buildProgram } from '../src/cli/program.ts';
import { root } from './source-files.ts';

const parent = mkdtempSync(join(tmpdir(), 'chartproof-commands-'));
const dir = join(parent, 'workspace');
const STUDY = 'topical-thiosulfate';

beforeAll(async () => {
  for (const step of demoOf({ dir, patients: 300, seed: 1 }).steps) await step.run(silent);
});
afterAll(() => rmSync(parent, { recursive: true }));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function chartproof(...words: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/chartproof.js'), ...words], {
    encoding: 'utf8',
    cwd: dir,
    env: { ...process.env, CHARTPROOF_WORKSPACE: '' },
  });
  return { code: status, out: stdout, err: stderr };
}

/** A file in a folder of its own. */
function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(parent, 'input-')), name);
  writeFileSync(path, text);
  return path;
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

describe('every command', () => {
  test('has help with an example', () => {
    for (const command of leaves(buildProgram())) {
      let text = '';
      command.configureOutput({ writeOut: (part) => (text += part) });
      command.outputHelp();
      expect(text, command.name()).toMatch(/Examples?:\n {2}\$ chartproof /);
      expect(command.description(), command.name()).not.toBe('');
    }
  });

  test('refuses an option that there is not, with code 2', () => {
    expect(chartproof('cohort', 'run', STUDY, '--frobnicate')).toMatchObject({ code: 2, out: '' });
    expect(chartproof('frobnicate')).toMatchObject({ code: 2, out: '' });
    expect(chartproof('trace')).toMatchObject({ code: 2, out: '' });
  });

  test('of a text tells what is wrong with it, and lists what it can name', () => {
    const text = join(dir, 'studies', STUDY, 'manuscript.md');
    const before = readFileSync(text, 'utf8');
    writeFileSync(text, `${before}\nWe saw 19 patients, {{includd.n}} of them.\n`);
    const { code, err } = chartproof('manuscript', 'check', STUDY);
    expect([code, err]).toEqual([1, expect.stringContaining('Did you mean `included.n`?')]);
    expect(err).toMatch(/manuscript\.md:\d+:8: The number 19 is typed in/);
    expect(chartproof('manuscript', 'start', STUDY)).toMatchObject({
      code: 1,
      err: expect.stringContaining('has a text already'),
    });
    writeFileSync(text, before);
    expect(chartproof('manuscript', 'check', STUDY)).toMatchObject({
      code: 0,
      out: expect.stringContaining('approved by demo'),
    });
    expect(chartproof('manuscript', 'names', STUDY, 'included.n').out).toContain('{{included.n}}');
    expect(chartproof('tables', STUDY, '--table', 'tabel1')).toMatchObject({
      code: 1,
      err: expect.stringContaining('`table1`'),
    });
    expect(chartproof('tables', STUDY, '--format', 'docx')).toMatchObject({ code: 1, out: '' });
  });

  test('of vocabularies accounts for lines, shows a code, and says what is missing', () => {
    const other = join(mkdtempSync(join(parent, 'vocabulary-')), 'workspace');
    chartproof('init', other);
    const list = file('icd10cm_codes_2019.txt', 'M100    Idiopathic gout\nM1007  Gout of the foot\nno line\n');
    const imported = chartproof('vocabulary', 'import', list, '-w', other, '--json');
    expect(imported).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(imported.out)).toMatchObject({ lines: 3, stored: 2, quarantined: 1, kind: 'vocabulary' });
    const shown = chartproof('vocabulary', 'show', 'ICD10CM', 'm100', '-w', other);
    expect(shown.out).toContain('ICD10CM M10.0  Idiopathic gout (billing code)');
    expect(shown.out).toContain('ICD10CM M10.07  Gout of the foot');
    expect(chartproof('vocabulary', 'show', 'ICD10CN', 'M10', '-w', other)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Did you mean `ICD10CM`?'),
    });
    expect(chartproof('vocabulary', 'show', 'ICD10CM', 'X99', '-w', other).code).toBe(1);
    expect(chartproof('vocabulary', 'import', file('x.csv', 'id,name\n'), '-w', other)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/x\.csv:1\n.*docs\/vocabulary\.md/),
    });
    expect(chartproof('vocabulary', 'import', list, '--system', 'ICD11', '-w', other).code).toBe(2);
  });

  test('says so where there is no workspace or study', () => {
    for (const words of [
      ['cohort', 'run', 'x'],
      ['cohort', 'attrition', 'x'],
      ['study', 'move', 'x'],
      ['review', 'status', 'x'],
      ['release', 'x'],
      ['trace', 'x', 'a/b/c'],
      ['audit', 'x'],
    ]) {
      expect(chartproof(...words, '-w', parent)).toMatchObject({
        code: 1,
        err: expect.stringContaining('not a workspace'),
      });
      expect(chartproof(...words, '-w', dir)).toMatchObject({ code: 1, err: expect.stringContaining('no study `x`') });
    }
  });

  test('tells errors as JSON where it is asked for JSON', () => {
    const { code, out, err } = chartproof('cohort', 'run', 'x', '-w', dir, '--json');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'protocol.no-study', tip: expect.any(String) } });
  });
});

/** Everything stored, by name and content, to see that it stays. */
function stored(): string {
  const manifest = readFileSync(join(dir, 'records/manifest.json'), 'utf8');
  const audit = chartproof('audit', STUDY, '-w', dir, '--json').out;
  const releases = readdirSync(join(dir, 'studies', STUDY, 'releases')).join();
  return [manifest, audit, releases].join('\n');
}

describe('wrong input', () => {
  test('to import: a missing file, a truncated line, a wrong type', () => {
    const before = stored();
    const missing = chartproof('import', 'fhir', join(parent, 'nowhere'), '-w', dir);
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('nowhere') });
    const bad = file(
      'Condition.ndjson',
      '{"resourceType":"Condition","id":"a","subj\n{"resourceType":"Nonsense","id":"b"}\n',
    );
    const { code, out } = chartproof('import', 'fhir', bad, '-w', dir, '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as { quarantined: number; stored: number; lines: number; quarantineFile: string };
    expect(report).toMatchObject({ lines: 2, stored: 0, quarantined: 2 });
    const listed = readFileSync(join(dir, 'records', report.quarantineFile), 'utf8')
      .trim()
      .split('\n');
    expect(listed.map((line) => JSON.parse(line))).toMatchObject([
      { line: 1, reason: 'json.truncated' },
      { line: 2, reason: 'fhir.unknown-type' },
    ]);
    expect(stored()).toBe(before);
  });

  test('to a protocol: an unknown field at its line, and all mistakes at once', () => {
    const text = readFileSync(PROTOCOL_PATH, 'utf8')
      .replace('title:', 'titel:')
      .replace('asOf: 2017-06-27', 'asOf: June');
    const { code, err } = chartproof('protocol', 'check', file('protocol.yaml', text));
    expect(code).toBe(1);
    expect(err).toMatch(/protocol\.yaml:\d+:\d+: .*titel/);
    expect(err).toMatch(/protocol\.yaml:\d+:\d+: .*asOf/);
    expect(chartproof('study', 'add', file('protocol.yaml', text), '-w', dir).code).toBe(1);
    expect(chartproof('protocol', 'check', join(parent, 'no.yaml'))).toMatchObject({ code: 1, out: '' });
  });

  test('to reviews: a field and a note that there are not, a cut line; nothing is stored', () => {
    const before = stored();
    const folder = join(dir, 'input/study/reviews');
    const [screening = ''] = readFileSync(join(folder, 'screening-a.ndjson'), 'utf8').split('\n');
    const entry = JSON.parse(screening) as {
      values: Record<string, { evidence: { note: string }[] }>;
      reviewer: string;
    };
    const { actd } = entry.values;
    const [citation] = actd?.evidence ?? [];
    const lines = [
      { ...entry, reviewer: 'third', values: { ...entry.values, follow_upp: entry.values.actd } },
      {
        ...entry,
        reviewer: 'third',
        values: { actd: { ...actd, evidence: [{ ...citation, note: 'DocumentReference/none' }] } },
      },
      { ...entry, reviewer: 'third' },
    ];
    const path = file('entries.ndjson', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    const { code, err } = chartproof('review', 'load', STUDY, path, '-w', dir);
    expect(code).toBe(1);
    expect(err).toMatch(/entries\.ndjson:1: .*follow_upp/);
    expect(err).toContain('Did you mean `follow_up`?');
    expect(err).toMatch(/entries\.ndjson:2: actd: the cited note does not exist/);
    appendFileSync(path, '{"kind":"abstr');
    expect(chartproof('review', 'load', STUDY, path, '-w', dir).err).toMatch(/entries\.ndjson:4: .*ends in the middle/);
    expect(chartproof('review', 'load', STUDY, join(parent, 'none.ndjson'), '-w', dir)).toMatchObject({ code: 1 });
    expect(stored()).toBe(before);
  });

  test('to snapshots: one that there is not', () => {
    for (const words of [
      ['snapshots', 'diff', 'nothing', '0'],
      ['study', 'move', STUDY, '--to', 'nothing'],
    ])
      expect(chartproof(...words, '-w', dir)).toMatchObject({
        code: 1,
        err: expect.stringContaining('no such snapshot'),
      });
  });

  test('to trace: a cell that there is not, with the nearest', () => {
    const { code, err } = chartproof('trace', STUDY, 'table2/frequency-twise/PR', '-w', dir);
    expect(code).toBe(1);
    expect(err).toContain('Did you mean `frequency-twice`?');
  });

  test('to init and the demo: a folder that is not empty', () => {
    expect(chartproof('init', dir)).toMatchObject({ code: 1, err: expect.stringContaining('workspace already') });
    const full = join(parent, 'full');
    mkdirSync(full);
    copyFileSync(PROTOCOL_PATH, join(full, 'protocol.yaml'));
    expect(chartproof('demo', 'run', '--dir', full)).toMatchObject({
      code: 1,
      err: expect.stringContaining('not empty'),
    });
    expect(chartproof('demo', 'generate', '--out', full)).toMatchObject({ code: 1 });
    expect(chartproof('demo', 'generate', '--patients', '3', '--out', join(parent, 'tiny'))).toMatchObject({ code: 1 });
    expect(chartproof('demo', 'run', '--dir', dir, '--seed', '2')).toMatchObject({
      code: 1,
      err: expect.stringContaining('another seed'),
    });
  });
});

describe('the commands of a study', () => {
  test('trace goes from a number to the sentences', () => {
    const { code, out } = chartproof('trace', STUDY, 'table2/frequency-twice/PR', '-w', dir);
    expect(code).toBe(0);
    expect(out.match(/^S\d{3}$/gm)).toHaveLength(14);
    expect(out).toMatch(/treatment\.frequency = twice {2}\((agreement|adjudication): /);
    expect(out).toMatch(/\u201c.+\u201d {2}\d{4}-\d\d-\d\d.*DocumentReference\//);
  });

  test('print what they found, as text and as JSON', () => {
    for (const words of [
      ['study', 'list'],
      ['cohort', 'run', STUDY],
      ['cohort', 'list', STUDY],
      ['cohort', 'attrition', STUDY],
      ['cohort', 'show', STUDY, 'included'],
      ['cohort', 'show', STUDY, 'intravenous', '--all-failing'],
      ['cohort', 'show', STUDY, 'no-actd'],
      ['cohort', 'why', STUDY, 'S001'],
      ['cohort', 'diff', STUDY, '--to', '1.0'],
      ['cohort', 'arms', STUDY],
      ['cohort', 'arms', STUDY, '--only', 'compounding-pharmacy'],
      ['cohort', 'sample', 'draw', STUDY, '-n', '3', '--seed', '7'],
      ['cohort', 'sample', 'list', STUDY],
      ['cohort', 'follow-up', STUDY, '--except-site', 'Nowhere', '--except-specialty', 'None'],
      ['review', 'status', STUDY],
      ['review', 'agreement', STUDY],
      ['review', 'verify', STUDY],
      ['audit', STUDY],
      ['import', 'report'],
      ['quality'],
      ['snapshots'],
      ['snapshots', 'verify'],
      ['study', 'move', STUDY, '--dry-run'],
      ['search', 'affirmed(@thiosulfate)', '--study', STUDY],
    ]) {
      const text = chartproof(...words, '-w', dir);
      expect(text, words.join(' ')).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/\S/) });
      const json = chartproof(...words, '-w', dir, '--json');
      expect(json, words.join(' ')).toMatchObject({ code: 0, err: '' });
      expect(() => JSON.parse(json.out), words.join(' ')).not.toThrow();
    }
  });
});

test('a sample of those whom no arm found is drawn, read and counted', () => {
  const sample = (...words: readonly string[]): Outcome => chartproof('cohort', 'sample', ...words, '-w', dir);
  expect(sample('draw', STUDY, '-n', '0')).toMatchObject({ code: 2, out: '' });
  expect(sample('draw', STUDY, '-n', '3', '--seed', '7').out).toMatch(/^N003 .* not read/m);
  const chart = chartproof('review', 'chart', STUDY, 'N001', '-w', dir, '--json').out;
  const [note] = (JSON.parse(chart) as { notes: { source: string }[] }).notes;
  const { source = '' } = note ?? {};
  const text = chartproof('review', 'chart', STUDY, 'N001', '--note', source, '-w', dir).out;
  const words = text.trim().slice(0, 20);
  expect(sample('verdict', STUDY, 'N001', 'perhaps')).toMatchObject({ code: 2 });
  expect(sample('verdict', STUDY, 'N001', 'yes')).toMatchObject({ code: 1, err: expect.stringMatching(/evidence/) });
  expect(sample('verdict', STUDY, 'N001', 'yes', '--evidence', source).err).toMatch(/in pairs/);
  expect(sample('verdict', STUDY, 'N001', 'yes', '--evidence', source, words, '--as', 'anna')).toMatchObject({
    code: 0,
    out: 'N001: a case, says anna\n',
  });
  expect(sample('verdict', STUDY, 'N001', 'no', '--as', 'ben').code).toBe(0);
  expect(sample('list', STUDY).out).toMatch(/^N001 .* no case +ben$/m);
  const { out } = chartproof('cohort', 'arms', STUDY, '-w', dir);
  expect(out).toMatch(/^ +ICD9CM 709\.3 +\d+ /m);
  expect(out).toMatch(/3 were drawn at random \(seed 7\) and 1 read: 0 cases/);
  expect(chartproof('cohort', 'arms', STUDY, '--only', 'pharmacy', '-w', dir)).toMatchObject({ code: 1, out: '' });
});

test('a move that is only tried says that it indexes the notes', () => {
  expect(chartproof('study', 'move', '--help').out).toMatch(/index of the notes .* also with --dry-run/);
});

describe('the quality of the records', () => {
  const quality = (...words: readonly string[]): Outcome =>
    chartproof('quality', '-w', dir, '--as-of', '2026-01-31', ...words);

  test('finds in the demo that half of its drugs are told in words alone, and nothing else', () => {
    const { checks } = JSON.parse(quality('--json').out) as { checks: { id: string; outcome: string }[] };
    expect(checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)).toEqual([
      'missing-code/drug_exposure',
    ]);
    expect(checks.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(90);
  });

  test('is told of a snapshot by the beginning of its id', () => {
    const { snapshot } = JSON.parse(quality('--json').out) as { snapshot: string };
    expect(JSON.parse(quality('--json', '--snapshot', snapshot.slice(0, 8)).out)).toMatchObject({ snapshot });
  });

  test('ends with code 1 for a failed check only where that is asked for', () => {
    const page = join(parent, 'quality.html');
    expect(quality('--html', page)).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(page, 'utf8')).toContain('missing-code/drug_exposure');
    expect(quality('--strict')).toMatchObject({ code: 1, out: expect.stringContaining('missing-code/drug_exposure') });
    writeFileSync(join(dir, 'quality.yaml'), 'off: { missing-code/drug_exposure: Compounded drugs have no code. }\n');
    expect(quality('--strict')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Compounded drugs have no code.'),
    });
  });

  test('refuses a day that is none, a snapshot that there is not, a mistaken quality.yaml at its line', () => {
    expect(chartproof('quality', '-w', dir, '--as-of', 'June')).toMatchObject({ code: 1, out: '' });
    expect(quality('--snapshot', '0123456789abcdef')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no such snapshot'),
    });
    writeFileSync(join(dir, 'quality.yaml'), 'thresholds:\n  missing-cod: 1\n');
    expect(quality()).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/quality\.yaml:2:3: .*missing-cod/),
    });
    rmSync(join(dir, 'quality.yaml'));
  });
});

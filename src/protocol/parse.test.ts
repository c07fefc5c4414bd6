import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChartproofError } from '../base/index.ts';
import { GOUT, goutMistakes, goutStudy, mistakesOf, placeIn } from './gout.test-support.ts';
import { parseProtocol, readProtocol } from './parse.ts';

/** Text to replace, the new text, what is told, and the part of the new text at which it is told. */
type Mistake = readonly [from: string, to: string, at: string, told: string];

function expectMistake([from, to, at, told]: Mistake): void {
  const text = GOUT.replace(from, () => to);
  expect(text).not.toBe(GOUT);
  const start = text.indexOf(to) + Math.max(0, to.indexOf(at));
  expect(goutMistakes([from, to])).toEqual([`${placeIn(text.slice(start), 0, text)} ${told}`]);
}

describe('parseProtocol', () => {
  test('the study of the tests has no mistake and gets its defaults', () => {
    const study = goutStudy();
    expect(goutMistakes()).toEqual([]);
    expect(study.review).toEqual({ screening: 'screening', abstractors: 2, doubleShare: 1, blinded: true });
    expect(study.concepts.gout?.codes[0]).toEqual({ system: 'ICD9CM', code: '274.0', descendants: true });
    expect(study.instruments[0]?.fields[0]).toMatchObject({
      required: true,
      evidence: 'required',
      missing: ['not-documented', 'documented-absent', 'not-applicable', 'conflicting'],
    });
  });

  test.each<Mistake>([
    [
      '    label: Gout\n',
      '    labl: Gout\n    label: Gout\n',
      'labl',
      'protocol.unknown-key `labl` is not known here. Did you mean `label`?',
    ],
    ['atLeast: 2', 'atLest: 2', 'atLest', 'protocol.unknown-key `atLest` is not known here. Did you mean `atLeast`?'],
    [
      'during: period, at',
      'routes: [oral], at',
      'routes',
      'protocol.unknown-key `routes` is not known here. Known here: `condition`, `during`, `atLeast`.',
    ],
    [
      'code: "274.0"',
      'code: 274.0',
      '274.0',
      'protocol.wrong-type `concepts.gout.codes.0.code` is a number; it should be text. Put it in quotes.',
    ],
    [
      'version: "1.0"',
      'version: 1.0',
      '1.0',
      'protocol.wrong-type `version` is a number; it should be text. Put it in quotes.',
    ],
    [
      'from: "2010"',
      'from: 2010',
      '2010',
      'protocol.wrong-type `arms.0.criterion.all.1.any.1.during.from` is a number; it should be text. Put it in quotes.',
    ],
    [
      'required: false, visible',
      'required: no, visible',
      'no,',
      'protocol.wrong-type `instruments.1.fields.3.required` is text; it should be true or false.',
    ],
    [
      'min: 0, max: 30',
      'min: none, max: 30',
      'none',
      'protocol.wrong-type `instruments.1.fields.2.min` is text; it should be a number.',
    ],
    [
      'synonyms: [podagra]',
      'synonyms: podagra',
      'podagra',
      'protocol.wrong-type `concepts.gout.terms.0.synonyms` is text; it should be a list.',
    ],
    [
      'start: 2010-01-01',
      'start: 2010-02-30',
      '2010-02-30',
      'protocol.not-allowed `period.start`: a date such as 2012, 2012-03 or 2012-03-05.',
    ],
    [
      'noneOnRecord: granted',
      'noneOnRecord: grantd',
      'grantd',
      'protocol.not-allowed `authorization.noneOnRecord` is not one of those allowed. Did you mean `granted`? Allowed: `granted`, `refused`.',
    ],
    [
      'type: yesno, label: Tophi?',
      'type: boolean, label: Tophi?',
      'boolean',
      'protocol.not-allowed `instruments.1.fields.4.type` is not one of those allowed. Allowed: `text`, `integer`, `decimal`, `date`, `choice`, `choices`, `yesno`, `computed`.',
    ],
    ['id: gout-febuxostat', 'id: Gout', 'Gout', 'protocol.not-allowed `id`: small letters, digits and single hyphens.'],
  ])('[R2] %j -> %j', (...mistake) => {
    expectMistake(mistake);
  });

  test('[R2] a missing key is told where it belongs', () => {
    expect(goutMistakes(['title: Febuxostat in tophaceous gout\n', ''])).toEqual([
      'gout.yaml:1:1 protocol.missing-key `title` is missing (text).',
    ]);
    expect(goutMistakes(['code: elbow, ', ''])).toEqual([
      `${placeIn('{ code: elbow')} protocol.missing-key \`code\` is missing (text).`,
    ]);
    expect(goutMistakes(['type: yesno, label: Tophi?', 'label: Tophi?'])[0]).toContain(
      'protocol.missing-key `type` is missing. Allowed: `text`',
    );
  });

  test.each<Mistake>([
    [
      'condition: gout',
      'condition: gaut',
      'gaut',
      'protocol.unknown-name There is no concept set `gaut`. Did you mean `gout`?',
    ],
    [
      'drug: febuxostat',
      'drug: tophus',
      'tophus',
      'protocol.empty-concept-set The concept set `tophus` has no drugs, which are looked for here. Add drugs to it.',
    ],
    [
      'condition: gout',
      'procedure: tophus',
      'tophus',
      'protocol.empty-concept-set The concept set `tophus` has no codes, which are looked for here. Add codes to it.',
    ],
    [
      'affirmed(@tophus)',
      'affirmed(@febuxostat)',
      '',
      'protocol.empty-concept-set The concept set `febuxostat` has no terms, which are looked for here. Add terms to it.',
    ],
    [
      'terms: gout',
      'terms: goutt',
      'goutt',
      'protocol.unknown-name There is no concept set `goutt`. Did you mean `gout`?',
    ],
    [
      '{ screening: screening }',
      '{ screening: screning }',
      'screning',
      'protocol.unknown-name There is no instrument `screning`. Did you mean `screening`?',
    ],
    [
      'instrument: screening',
      'instrument: screning',
      'screning',
      'protocol.unknown-name There is no instrument `screning`. Did you mean `screening`?',
    ],
    ['key: name', 'key: nam', 'nam', 'protocol.unknown-name There is no field `nam`. Did you mean `name`?'],
    [
      'lesion: joint',
      'lesion: jiont',
      'jiont',
      'protocol.unknown-name There is no field `jiont` in `visit`. Did you mean `joint`?',
    ],
    [
      'same: unchanged',
      'sam: unchanged, same: unchanged',
      'unchanged',
      'protocol.unknown-name There is no choice of the status field `sam`. Did you mean `same`?',
    ],
    ['unknown: UR', 'unknown: UK', 'UK', 'protocol.unknown-name There is no category `UK`. Did you mean `UR`?'],
    [
      'responders: [CR]',
      'responders: [PR]',
      'PR',
      'protocol.unknown-name There is no category `PR`. Did you mean `CR`?',
    ],
    [
      'choicesOf: baseline.sites',
      'choicesOf: baseline.sits',
      'baseline',
      'protocol.unknown-name There is no field `sits` in `baseline`. Did you mean `sites`?',
    ],
    [
      'choicesOf: baseline.sites',
      'choicesOf: baseline.urate',
      'baseline',
      'protocol.not-choices `baseline.urate` has no choices. Name a field of type choice or choices.',
    ],
    ['[ear, toe]', '[ear, tow]', 'tow', 'protocol.unknown-name There is no choice `tow`. Did you mean `toe`?'],
  ])('[R4] %j -> %j', (from, to, at, told) => {
    if (at === '') expect(goutMistakes([from, to])).toEqual([expect.stringContaining(told)]);
    else expectMistake([from, to, at, told]);
  });

  test('[R4] a choice of the status field without a meaning is told, and how to add it', () => {
    expect(goutMistakes([', same: unchanged', ''])).toEqual([
      `${placeIn('{ gone: resolved')} protocol.status The choice \`same\` of the status field has no meaning here. Add \`same:\` with one of the engine's statuses.`,
    ]);
  });

  test('[R4] columns by response need the response', () => {
    const at = GOUT.indexOf('response:\n');
    const text = `${GOUT.slice(0, at)}${GOUT.slice(GOUT.indexOf('variables:\n'))}`;
    expect(mistakesOf(text)).toContainEqual(expect.stringContaining('Columns by response need the part `response`.'));
  });

  test.each<readonly [string, string, string]>([
    ['arms:\n', 'arms:\n  - { id: coded, label: Again, criterion: { sex: male } }\n', '`coded` is there twice.'],
    ['id: no-gout', 'id: minor', '`minor` is there twice.'],
    ['- id: visit\n    label', '- id: screening\n    label', '`screening` is there twice.'],
    ['id: joint', 'id: seen', '`seen` is there twice.'],
    ['code: elbow', 'code: toe', 'The choice `toe` is there twice.'],
    ['code: NR', 'code: CR', 'The category `CR` is there twice.'],
    ['- { id: early, label', '- { id: duration, label', '`duration` is there twice.'],
    ['- { id: early, label', '- { id: visit, label', '`visit` means something else in expressions.'],
    ['- { id: early, label', '- { id: person, label', '`person` means something else in expressions.'],
    ['- id: other\n', '- id: sites\n', '`sites` is there twice.'],
    [
      '- { id: urate, label: Urate, summary',
      '- { id: sites-toe, label: Urate, summary',
      'Two rows of the table have the id `sites-toe`.',
    ],
    ['id: total, label', 'id: CR, label', 'Two columns have the id `CR`.'],
    [
      '{ id: name, type: text, label: Name }',
      '{ id: name, type: text, label: Name }\n      - { id: name_missing, type: text, label: x }',
      '`name_missing` already says why the other field has no value.',
    ],
    ['figures: [', 'figures: [{ id: flow, title: Flow, kind: attrition }, ', '`flow` is there twice.'],
  ])('[R5] %j -> %j', (from, to, told) => {
    const mistakes = goutMistakes([from, to]);
    expect(mistakes.filter((mistake) => mistake.includes(told))).toHaveLength(1);
    expect(mistakes.every((mistake) => /^gout\.yaml:\d+:\d+ protocol\./.test(mistake))).toBe(true);
  });

  test('[R5] an instrument does not take a name of expressions', () => {
    expect(
      goutMistakes(['{ screening: screening }', '{ screening: person }'], ['- id: screening', '- id: person']),
    ).toContainEqual(expect.stringContaining('`person` means something else in expressions.'));
  });

  test.each<Mistake>([
    [
      'rule: { age: { max: 17 } }',
      'rule: { age: { max: 17 } }, reviewer: { instrument: screening, when: has_gout = false }',
      '',
      'protocol.not-allowed `exclusions.0`: an exclusion is either by rule or by reviewer.',
    ],
    [
      ', rule: { age: { max: 17 } }',
      '',
      '',
      'protocol.not-allowed `exclusions.0`: an exclusion is either by rule or by reviewer.',
    ],
    [
      'age: { max: 17 }',
      'age: { min: 18, max: 17 }',
      '',
      'protocol.impossible-window No age is at least min and at most max. Exchange min and max.',
    ],
    [
      'from: "2010"',
      'from: "2020"',
      '',
      'protocol.impossible-window The window ends before it starts. Exchange from and to.',
    ],
    [
      'end: 2019-12',
      'end: 2009-12',
      '',
      'protocol.impossible-window The period ends before it starts. Exchange start and end.',
    ],
    [
      'min: 0, max: 30',
      'min: 31, max: 30',
      '',
      'protocol.impossible-window No number is at least min and at most max. Exchange them.',
    ],
    [
      'drugs: { names: [febuxostat] }',
      'drugs: { names: [] }',
      '',
      'protocol.empty-concept-set The concept set `febuxostat` has no code, no drug and no term. Add at least one.',
    ],
    [
      '{ screening: screening }',
      '{ screening: visit }',
      '',
      'protocol.repeats The screening instrument must not repeat. A candidate is screened in one record.',
    ],
  ])('[R6] %j -> %j', (from, to, _at, told) => {
    expect(goutMistakes([from, to])).toContainEqual(
      expect.stringMatching(new RegExp(`^gout\\.yaml:\\d+:\\d+ ${escaped(told)}$`)),
    );
  });

  test('[R6] limits below zero can be met', () => {
    expect(goutMistakes(['min: 0, max: 30', 'max: -1'])).toEqual([]);
    expect(goutMistakes(['from: "2010"', 'from: 2019-12-31'])).toEqual([]);
  });

  test('[R7] a choice that reads as a date is told', () => {
    expect(goutMistakes(['code: elbow', 'code: "2012"'])).toEqual([
      `${placeIn('elbow, label')} protocol.choice-date The choice \`2012\` would be taken for a date in expressions. Add a letter to the code: \`y2012\`.`,
    ]);
  });

  test('[R1] mistakes of every kind are told at once, in the order of the file', () => {
    const mistakes = goutMistakes(
      ['title: Feb', 'titel: Feb'],
      ['code: "274.0"', 'code: 274.0'],
      ['affirmed(@tophus)', 'affirmed(@tophos)'],
      ['when: has_gout = false', 'when: has_gut = false'],
      ['visible: tophi = true', 'visible: tophi == true'],
      ['code: crystals', 'code: clinical'],
      ['person.sex', 'person.gender'],
    );
    expect(mistakes.map((mistake) => mistake.split(' ')[1])).toEqual([
      'protocol.missing-key',
      'protocol.unknown-key',
      'protocol.wrong-type',
      'protocol.unknown-name',
      'protocol.unknown-name',
      'protocol.expression',
      'protocol.duplicate-id',
      'protocol.unknown-name',
    ]);
    const lines = mistakes.map((mistake) => Number(mistake.split(':')[1]));
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(() => parseProtocol(`${GOUT}extra: 1\n`, 'gout.yaml')).toThrow('gout.yaml has 1 mistake.');
  });

  test('[R1] a mistake in a part that an alias repeats is told once', () => {
    const shared = 'choices: &where [{ code: toe, label: Toe }, { code: toe, label: Ear }, { code: ear, label: Ear }]';
    expect(
      goutMistakes(
        ['only: [ear, toe]', 'only: [ear]'],
        ['choices: [{ code: toe, label: Toe }, { code: elbow, label: Elbow }, { code: ear, label: Ear }]', shared],
        ['choices: [{ code: crystals, label: Crystals }, { code: clinical, label: Clinical }]', 'choices: *where'],
      ),
    ).toEqual([expect.stringContaining('The choice `toe` is there twice.')]);
  });

  test('[R3] what names a part that cannot be read is not a mistake, what names nothing is', () => {
    expect(
      goutMistakes(['type: decimal, unit: mg/dL, label: Urate', 'type: decimel, unit: mg/dL, label: Urate']),
    ).toEqual([expect.stringContaining('Did you mean `decimal`?')]);
    expect(goutMistakes(['label: Gout\n', 'labl: Gout\n'], ['tophi = true and', 'topi = true and'])).toEqual([
      expect.stringContaining('`label` is missing'),
      expect.stringContaining('Did you mean `label`?'),
      expect.stringContaining('There is no name `topi` in `baseline`. Did you mean `tophi`?'),
    ]);
  });

  test('[R3] leaving out any one line never makes the parser fail otherwise than by problems with places', () => {
    const lines = GOUT.split('\n');
    fc.assert(
      fc.property(
        fc.nat(lines.length - 1),
        fc.nat(lines.length - 1),
        fc.constantFrom('delete', 'swap', 'cut'),
        (at, other, how) => {
          const copy = [...lines];
          const [one = '', two = ''] = [lines[at], lines[other]];
          if (how === 'delete') copy.splice(at, 1);
          else if (how === 'swap') [copy[at], copy[other]] = [two, one];
          else copy[at] = one.slice(0, Math.floor(one.length / 2));
          const mistakes = mistakesOf(copy.join('\n'));
          expect(mistakes.every((mistake) => /^gout\.yaml:\d+:\d+ protocol\.[a-z-]+ \S/.test(mistake))).toBe(true);
          expect(new Set(mistakes).size).toBe(mistakes.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('[R2] what is no YAML is told at its place', () => {
    expect(mistakesOf('id: [a\n')[0]).toMatch(/^gout\.yaml:2:1 protocol\.yaml-syntax /);
    expect(mistakesOf('id: a\nid: b\n')[0]).toMatch(/^gout\.yaml:2:1 protocol\.yaml-syntax .*unique/);
    expect(mistakesOf('\tid: a\n')[0]).toMatch(/^gout\.yaml:1:1 protocol\.yaml-syntax .*Tabs/);
  });
});

describe('readProtocol', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'chartproof-protocol-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function failure(name: string, content?: string | Uint8Array): ChartproofError {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    try {
      readProtocol(path);
    } catch (error) {
      if (error instanceof ChartproofError) return error;
      throw error;
    }
    throw new Error('the file was read');
  }

  test('[R8] a file that is not there, a folder, an empty file, no text', () => {
    mkdirSync(join(folder, 'study'));
    expect(failure('none.yaml')).toMatchObject({ code: 'protocol.missing-file', tip: 'Check the path.' });
    expect(failure('study')).toMatchObject({ code: 'protocol.not-a-file' });
    expect(failure('empty.yaml', '').problems).toEqual([
      expect.objectContaining({
        code: 'protocol.wrong-type',
        message: 'The file is empty; it should be a map of keys and values.',
      }),
    ]);
    expect(failure('comment.yaml', '# nothing\n').problems).toHaveLength(1);
    expect(
      failure(
        'garbage.yaml',
        Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256),
      ),
    ).toMatchObject({ code: 'protocol.not-text' });
    expect(failure('word.yaml', Buffer.from(GOUT, 'utf16le'))).toMatchObject({
      code: 'protocol.not-text',
      tip: 'Save it as a text file in UTF-8.',
    });
    expect(failure('latin.yaml', Buffer.from('title: Sjögren\n', 'latin1'))).toMatchObject({
      code: 'protocol.not-text',
    });
  });

  test('[R8] a byte order mark and the line ends of Windows do no harm', () => {
    writeFileSync(join(folder, 'windows.yaml'), `\uFEFF${GOUT.replaceAll('\n', '\r\n')}`);
    expect(readProtocol(join(folder, 'windows.yaml'))).toEqual(goutStudy());
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

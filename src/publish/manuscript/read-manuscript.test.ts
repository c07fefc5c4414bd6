import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literalsIn } from './literals.ts';
import { type LiveValue, valuesOf } from './live-value.ts';
import { numberWords } from './number-words.ts';
import { manuscriptMarkdown } from './print-markdown.ts';
import { printValue } from './print-value.ts';
import { type Manuscript, readManuscript } from './read-manuscript.ts';
import { templateLibrary } from './templates.ts';

const values: LiveValue[] = [
  ...valuesOf({ kind: 'statistic', id: 'controlled', label: 'Asthma controlled' }, [
    ['n', 19, { subjects: ['S001'] }],
    ['N', 28],
    ['percent', (19 / 28) * 100],
    ['low', 47.6],
    ['high', 84.1],
    ['level', 95],
    ['p', 0.0004],
  ]),
  ...valuesOf({ kind: 'variable', id: 'months', label: 'Months' }, [
    ['mean', 2.25, { digits: 1 }],
    ['max', 18, { digits: 1 }],
    ['sd', null, { digits: 1 }],
  ]),
  ...valuesOf({ kind: 'account', id: 'smoker', label: 'Smokes' }, [['n', 1]]),
  ...valuesOf({ kind: 'variable', id: 'smoker', label: 'Smoker' }, [['n', 2]]),
  ...valuesOf({ kind: 'facts', id: 'facts', label: 'Facts' }, [
    ['from', '2012-01-01'],
    ['month', '2012-03'],
    ['title', 'A *b*'],
  ]),
];
const none = join(tmpdir(), 'there-is-no-such-folder');
const templates = templateLibrary({ study: none, workspace: none });
const read = (text: string): Manuscript =>
  readManuscript(text, { file: 'manuscript.md', values, templates, tables: 3 });
const facts = { study: 'asthma', title: 'Asthma', protocolVersion: '2', protocol: 'a', snapshot: 'b', lock: 'c' };
const printedOf = (text: string): string => manuscriptMarkdown(read(text), facts).replace(/^---[\s\S]*?\n---\n/, '');
const problemsOf = (text: string): string[] =>
  read(text).problems.map(({ code, place }) => `${code.slice('publish.'.length)} ${place?.line}:${place?.column}`);
const tipOf = (text: string): string | undefined => read(text).problems[0]?.tip;

describe('a value', () => {
  test.each([
    ['{{controlled.n}} of {{controlled.N}} ({{controlled.percent}} %)', '19 of 28 (68 %)'],
    ['{{controlled.percent:1}}', '67.9'],
    ['{{ controlled.n : Words }} did', 'Nineteen did'],
    ['{{controlled.n:words}}; {{variable.smoker.n:words}}', '19; two'],
    ['{{account.smoker.n}} {{account.smoker.n:was|were}}', '1 was'],
    ['{{controlled.n:was|were}}', 'were'],
    ['{{facts.from:day}}, {{facts.from:year}}, {{facts.month:day}}', '1 January 2012, 2012, March 2012'],
    ['{{months.mean}}, {{months.max}}, {{months.max:1}}', '2.3, 18, 18.0'],
    ['P {{controlled.p}}', 'P <0.001'],
  ])('[R23] %s', (text, printed) => {
    expect(read(text).problems).toEqual([]);
    expect(printedOf(text)).toBe(printed);
  });

  test.each([
    'controlled.n:bold',
    'controlled.n:1a',
    'facts.title:2',
    'months.mean:words',
    'facts.title:year',
    'controlled.n:a|b|c',
  ])('[R23] %s has no such format', (expression) => {
    expect(problemsOf(`x {{${expression}}}`)).toEqual(['format 1:3']);
  });

  test('[R24] is rounded once, half away from zero', () => {
    const value = (number: number): LiveValue => ({
      kind: 'variable',
      name: 'x.mean',
      label: '',
      value: number,
      digits: 0,
    });
    expect([2.5, 3.5, -2.5, 67.5, 2.45].map((number) => printValue(value(number), ''))).toEqual([
      '3',
      '4',
      '-3',
      '68',
      '2',
    ]);
    expect(printValue(value(2.25), '1')).toBe('2.3');
  });

  test('[R25] that nobody has is a dash in every format of numbers', () => {
    expect(printedOf('{{months.sd}} {{months.sd:2}}')).toBe('\u2013 \u2013');
    expect(problemsOf('{{months.sd:words}}')).toEqual(['format 1:1']);
  });

  test('[R24] in words is the number', () => {
    expect([0, 1, 12, 20, 21, 99].map(numberWords)).toEqual([
      'zero',
      'one',
      'twelve',
      'twenty',
      'twenty-one',
      'ninety-nine',
    ]);
    expect([-1, 100, 1.5].map(numberWords)).toEqual([undefined, undefined, undefined]);
    // Whatever the program writes in words, typed in, is found.
    for (let n = 2; n < 100; n++) expect(literalsIn(`of ${numberWords(n)} patients`), String(n)).toHaveLength(1);
  });
});

describe('a name', () => {
  test('[R21] that there is not is told at its place, with the nearest', () => {
    expect(problemsOf('One line.\n\nHere {{controled.n}} and {{controlled.m}}.')).toEqual([
      'unknown-name 3:6',
      'unknown-name 3:26',
    ]);
    expect(tipOf('{{controled.n}}')).toBe('Did you mean `controlled.n`?');
    expect(tipOf('{{controlled.m}}')).toBe('Of `controlled` there is: n, N, percent, low, high, level, p.');
    expect(problemsOf('{{}} {{controlled.n')).toEqual(['syntax 1:1', 'syntax 1:6']);
  });

  test('[R22] of several things needs its kind', () => {
    expect(problemsOf('{{smoker.n}}')).toEqual(['unknown-name 1:1']);
    expect(tipOf('{{smoker.n}}')).toBe('Say which: account.smoker.n or variable.smoker.n.');
    expect(printedOf('{{variable.smoker.n}}')).toBe('2');
  });
});

describe('a number that is typed in', () => {
  test.each([
    ['We saw 19 patients.', ['literal-number 1:8']],
    ['19 of {{controlled.N}}', ['literal-number 1:1']],
    ['It was 67.9% (p = 0.03).', ['literal-number 1:8', 'literal-number 1:19']],
    [
      'Nineteen patients, twenty-one visits, two of them',
      ['literal-number 1:1', 'literal-number 1:20', 'literal-number 1:39'],
    ],
    [
      '**12** and *3rd* and [4 days](https://x.org/5)',
      ['literal-number 1:3', 'literal-number 1:13', 'literal-number 1:23'],
    ],
    ['| a | b |\n| - | - |\n| x | 7 |', ['literal-number 3:7']],
    ['# About 5 sites', ['literal-number 1:9']],
    ['In June 2012', ['literal-number 1:9']],
    ['a\n> b 6\n\n- c 7', ['literal-number 2:5', 'literal-number 4:5']],
    ['Note.[^a]\n\n[^a]: In 8 charts.', ['literal-number 3:10']],
  ])('[R26] is refused: %j', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test.each([
    'HbA1c, COVID-19, IL-6, S001, T2 and one of them',
    'as said [1], [2, 3], [4-6], [@smith2019; @doe_20], ^7,8^, <sup>9,10</sup> (Smith et al., 2019)',
    'Table 2, Tables 1 and 3, Figure 4, Figs. 1\u20133, Supplementary Table 12',
    'see https://example.org/2020/5, doi:10.1000/182',
    '`12 {{no.such}}` and\n\n```\n34\n```\n\n<!-- 56 -->',
    '1. first\n2. second\n\n## 3.1 Results',
    'Text.\n\n## References\n\n1. Smith J. 2019;12:34-56.\n\n## Thanks\n\nTo all.',
    '&#8211; dash',
  ])('[R27] is none: %j', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  test('[R27] ends with the list of references; and a table must be there', () => {
    expect(problemsOf('## References\n\nSmith 2019.\n\n## More\n\n5 charts')).toEqual(['literal-number 7:1']);
    expect(problemsOf('Table 4 and Table 3')).toEqual(['no-table 1:1']);
    expect(problemsOf('<div>12</div>')).toEqual(['html 1:1']);
  });

  test('[R28] may be marked, with or without a reason, and is listed', () => {
    const { problems, marked } = read('[[25]] % and {{= 50 "strength, from the label"}} %, [[two]] reviewers');
    expect(problems).toEqual([]);
    expect(marked.map(({ text, reason }) => [text, reason])).toEqual([
      ['25', ''],
      ['50', 'strength, from the label'],
      ['two', ''],
    ]);
    expect(printedOf('[[25]] % and {{= 50 "label"}} %')).toBe('25 % and 50 %');
    expect(problemsOf('{{= 50}} {{= 50 " "}}')).toEqual(['syntax 1:1', 'syntax 1:10']);
  });

  test('[R26] is found wherever it stands among words', () => {
    const words = fc.array(fc.constantFrom('asthma', '{{controlled.n}}', '*was*', '[[3]]', '`4`', 'HbA1c', '(', ','), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, words, fc.integer({ min: 0, max: 99999 }), (before, after, number) => {
        const text = ['It', ...before, String(number), ...after].join(' ');
        const column = ['It', ...before, ''].join(' ').length + 1;
        expect(problemsOf(text)).toEqual([`literal-number 1:${column}`]);
      }),
    );
  });
});

describe('a template', () => {
  test('[R29] is a sentence with parameters', () => {
    expect(printedOf('{{> proportion id=controlled}}.')).toBe('19 of 28 (68 %; 95 % CI 48\u201384).');
    expect(printedOf('{{> proportion id=controlled digits=1}}')).toBe('19 of 28 (67.9 %; 95 % CI 47.6\u201384.1)');
  });

  test('[R29] is refused where it is unknown, or a parameter is', () => {
    expect(problemsOf('x {{> proporton id=controlled}}')).toEqual(['template 1:3']);
    expect(tipOf('{{> proporton id=controlled}}')).toBe('Did you mean `proportion`?');
    expect(tipOf('{{> proportion}}')).toBe('The template takes: id, digits.');
    expect(tipOf('{{> proportion id=controlled digit=1}}')).toBe('The template takes: id, digits.');
    // A mistake within is told at the call, and what comes after keeps its own place.
    expect(problemsOf('{{> proportion id=nobody}} then 5')).toEqual(['unknown-name 1:1', 'literal-number 1:33']);
    expect(read('{{> count id=nobody}}').problems[0]?.message).toContain('in the template `count`');
  });

  test('[R29] of the study comes before that of the workspace, and that before Chartproof\u2019s', () => {
    const dir = mkdtempSync(join(tmpdir(), 'chartproof-templates-'));
    try {
      const [study, workspace] = [join(dir, 'study'), join(dir, 'workspace')];
      for (const folder of [study, workspace]) mkdirSync(folder);
      writeFileSync(join(workspace, 'count.md'), 'workspace {{$id.n}}');
      writeFileSync(
        join(workspace, 'own.md'),
        '---\nabout: Ours.\ndefaults: { id: controlled }\n---\nours {{$id.n}}\n',
      );
      writeFileSync(join(study, 'count.md'), 'study {{$id.n}} of 30');
      const library = templateLibrary({ study, workspace });
      expect(library.get('count')).toMatchObject({ from: 'study', parameters: ['id'] });
      expect(library.get('own')).toMatchObject({ from: 'workspace', about: 'Ours.' });
      expect(library.get('flow')).toMatchObject({ from: 'chartproof' });
      const manuscript = readManuscript('{{> own}} {{> count id=controlled}}', {
        file: 'm',
        values,
        templates: library,
        tables: 0,
      });
      expect(manuscript.problems.map(({ message }) => message)).toEqual([
        'The number 30 is typed in: it stays when the data change, in the template `count`.',
      ]);
      writeFileSync(join(study, 'bad.md'), '---\nabout: [\n---\n');
      expect(() => templateLibrary({ study, workspace })).toThrow(
        expect.objectContaining({ code: 'publish.template' }),
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  test('[R29] that comes with Chartproof has no number of its own', () => {
    for (const { name, text } of templates.values())
      expect(literalsIn(text.replaceAll(/\{\{[^}]*\}\}/g, '')), name).toEqual([]);
  });
});

test('[R33] the printed text keeps the author\u2019s head and says what it was made from', () => {
  const text = manuscriptMarkdown(
    read('---\ntitle: Asthma in 2012\n---\n\n{{facts.title}}: {{controlled.n}}\n'),
    facts,
  );
  expect(text).toBe(
    '---\ntitle: Asthma in 2012\nchartproof:\n  study: asthma\n  protocolVersion: "2"\n  protocol: a\n  snapshot: b\n  lock: c\n---\n\nA \\*b\\*: 19\n',
  );
});

import { describe, expect, test } from 'vitest';
import { expectMistake, GOUT, goutMistakes, type Mistake, mistakesOf, placeIn } from './gout.test-support.ts';

describe('checkProtocol', () => {
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

  test.each<Mistake>([
    [
      'figures:',
      'analysed: { label: No urate, when: baseline.urrate > 0 }\nfigures:',
      'baseline.urrate > 0',
      'protocol.unknown-name There is no name `urrate` in `baseline`. Did you mean `urate`?',
    ],
  ])('[R35] %j -> %j', (...mistake) => expectMistake(mistake));

  test('[R35] who is analysed may be said by variables and the response', () => {
    const when = 'duration > 3 and response.responder';
    expect(goutMistakes(['figures:', `analysed: { label: Not followed, when: ${when} }\nfigures:`])).toEqual([]);
  });

  test('[R36] an exclusion takes no name of another step of the account', () => {
    for (const id of ['found', 'identified', 'authorized', 'open', 'screened', 'included', 'not-analysed', 'analysed'])
      expect(goutMistakes(['id: minor', `id: ${id}`]), id).toEqual([
        `${placeIn('minor')} protocol.taken-name \`${id}\` is another step of the account. Choose another id.`,
      ]);
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
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

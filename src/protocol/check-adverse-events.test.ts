import { describe, expect, test } from 'vitest';
import { GOUT, mistakesOf, placeIn } from './gout.test-support.ts';

const RASH = `  - id: reaction
    label: Reaction
    repeats: { key: nr }
    fields:
      - { id: nr, type: text, label: Number }
      - { id: what, type: choice, label: What, choices: [{ code: rash, label: Rash }] }
      - { id: grade, type: integer, label: Grade, min: 1, max: 5 }
      - { id: free, type: integer, label: Any number }
      - { id: since, type: date, label: Since }
      - { id: stopped, type: yesno, label: Stopped? }
review:`;

/** The study with reactions, the part that says what they are, and a table of them. */
function study(part: string, table = 'count: patients'): string {
  const tables = `\n  - { id: harm, kind: adverse-events, title: Harm, ${table} }\n  - id: table1`;
  return GOUT.replace('review:', () => RASH)
    .replace('variables:', () => `${part}\nvariables:`)
    .replace('\n  - id: table1', () => tables);
}

const SOUND =
  'adverseEvents: { instrument: reaction, term: what, grade: grade, onset: since, action: stopped, actions: { true: withdrawn, false: continued }, related: grade > 2 }';

/** The study has just this mistake, where the part stands. */
function expectOne(text: string, at: string, told: string): void {
  expect(
    mistakesOf(text).map((mistake) => mistake.slice(0, `${placeIn(at, 0, text)} protocol.${told}`.length)),
  ).toEqual([`${placeIn(at, 0, text)} protocol.${told}`]);
}

test('[R4] adverse events whose fields are there have no mistake, and variables may ask of them', () => {
  const asks = '  - { id: bad, label: Bad, value: adverseEvents.where(grade >= 3 and withdrawn).exists() }\ntables:';
  expect(mistakesOf(study(SOUND).replace('tables:', () => asks))).toEqual([]);
});

describe('adverse events', () => {
  test.each([
    ['instrument: reaction', 'instrument: reactoin', 'reactoin', 'unknown-name There is no instrument `reactoin`. Did'],
    [
      'instrument: reaction, term: what, grade: grade, onset: since, action: stopped, actions: { true: withdrawn, false: continued }, related: grade > 2',
      'instrument: baseline, term: diagnosed',
      'baseline, term',
      'no-rows `baseline` has one record a patient',
    ],
    ['term: what', 'term: waht', 'waht', 'unknown-name There is no field `waht` in `reaction`. Did you mean `what`?'],
    [
      'term: what',
      'term: since',
      'since, grade',
      'field-type `since` is a field of type date, which cannot be the term. Name one',
    ],
    ['grade: grade', 'grade: free', 'free, onset', 'grade `free` allows numbers that are no grade. Give the field'],
    ['grade: grade', 'grade: what', 'adverseEvents: {', 'no-meaning'],
    [
      '{ true: withdrawn, false: continued }',
      '{ true: withdrawn }',
      '{ true: withdrawn }',
      'no-meaning `actions` does not say what `false` means.',
    ],
    [
      '{ true: withdrawn, false: continued }',
      '{ true: withdrawn, false: continued, maybe: unknown }',
      'unknown }, related',
      'unknown-name There is no choice `maybe`.',
    ],
    ['false: continued', 'false: went on', 'went on', ''],
    ['action: stopped, ', '', '{ true: withdrawn', 'no-field `actions` explains a field that is not named.'],
    ['related: grade > 2', 'related: gradee > 2', 'gradee > 2', 'unknown-name There is no name `gradee`. Did you mean'],
    [
      'related: grade > 2',
      'start: baseline.strated',
      'baseline.strated',
      'unknown-name There is no name `strated` in `baseline`.',
    ],
  ])('[R4] %s as %s is told', (from, to, at, told) => {
    const part = SOUND.replace(from, to);
    expect(part).not.toBe(SOUND);
    const text = study(part);
    const found = mistakesOf(text);
    if (told === 'no-meaning') {
      expect(found).toHaveLength(1);
      expect(found[0]).toContain('protocol.no-meaning `grades` does not say what `rash` means.');
    } else expectOne(text, at, told);
  });
});

describe('a table of adverse events', () => {
  test.each([
    ['count: people', 'people', ''],
    ['count: patients, columns: [any, grade-6]', 'grade-6', ''],
    ['count: patients, columns: [any, any]', 'any]', 'duplicate-id `any` is there twice.'],
    ['count: patients, columns: [serious]', 'serious]', 'unknown-name `serious` needs `adverseEvents.serious`.'],
    ['count: events, columns: [any]', '[any]', 'no-use `columns` belong to a table that counts patients.'],
    ['count: listing, parts: [grade]', '[grade]', 'no-use `parts` belong to a table that counts events.'],
    ['count: events, parts: [outcome]', 'outcome]', 'unknown-name `outcome` needs `adverseEvents.outcome`.'],
    [
      'count: events, events: greade > 2',
      'greade > 2',
      'unknown-name There is no name `greade`. Did you mean `grade`?',
    ],
    ['count: events, population: baseline.tophus', 'baseline.tophus', 'unknown-name There is no name `tophus` in'],
    ['count: events, groups: []', 'groups', ''],
  ])('[R4] with %s is told', (table, at, told) => {
    expectOne(study(SOUND, table), at, told);
  });

  test('[R4] needs the part that says what they are', () => {
    expectOne(study(''), 'adverse-events', 'unknown-name A table of adverse events needs the part `adverseEvents`.');
  });

  test('[R10] and what an event has is known in every expression', () => {
    const asks = '  - { id: bad, label: Bad, value: adverseEvents.where(gade >= 3).exists() }\ntables:';
    expectOne(
      study(SOUND).replace('tables:', () => asks),
      'adverseEvents.where(gade',
      'unknown-name There is no name `gade` in `adverseEvents`. Did you mean `grade`?',
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { DrugExposure } from '../cohort/index.ts';
import { compileExpression, type Protocol } from '../protocol/index.ts';
import type { TreatmentExposures } from '../review/index.ts';
import { buildTables } from './build-tables.ts';
import { dataFiles } from './data-files.ts';
import { buildDataSet, type DataSet } from './data-set.ts';
import { type Patient, psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';
import { traceCell } from './trace.ts';
import { fieldsBehind, sourcesOf } from './value-sources.ts';

const protocol = psoriasisProtocol(`
treatments:
  methotrexate:
    label: Methotrexate
    statements: { instrument: baseline, start: started, dose: dose }
  steroids:
    label: Steroids
    concept: psoriasis
    supply: 30 days
    relativeTo: { start: treatments.methotrexate.first }
    windows: { prior: 6 months, concurrent: true, recentlyChanged: { within: 3 months } }
variables:
  - { id: on_steroids, label: On steroids, value: treatments.steroids.concurrent }
tables:
  - id: therapy
    title: Therapy
    columns: [{ id: total, label: Total, total: true }]
    groups:
      - id: steroids
        label: Steroids
        rows:
          - { id: before, label: Before, when: treatments.steroids.prior }
          - { id: with, label: With, when: on_steroids }
          - { id: ever, label: Ever, when: treatments.steroids.ever }
`);

const NOTHING: DrugExposure = {
  source: '',
  kind: 'dispense',
  text: 'Prednisone',
  start: null,
  stop: null,
  daysSupply: null,
  dose: null,
  doseUnit: null,
  timesPerDay: null,
  frequency: null,
  amount: null,
  amountUnit: null,
  refills: null,
};

function dispensed(start: string): TreatmentExposures[string] {
  const row = { ...NOTHING, source: `MedicationDispense/${start}`, start } as DrugExposure;
  return new Map([['1', [row]]]);
}

/** One patient on methotrexate, with what was dispensed of steroids. */
function one(
  steroids: string | undefined,
  baseline: NonNullable<Patient['baseline']> = { started: '2015-03-01', dose: 15 },
): DataSet {
  const [subject] = psoriasisData(protocol, [{ baseline }]).subjects;
  if (!subject) throw new Error('one patient');
  return buildDataSet(protocol, [subject.settled], steroids === undefined ? {} : { steroids: dispensed(steroids) });
}

const answer = (data: DataSet, expression: string): unknown[] =>
  compileExpression(expression).evaluate(data.subjects[0]?.focus);

describe('treatments in the data set', () => {
  test('are made of rows of the records and of what reviewers stated', () => {
    const data = one('2015-02-15');
    expect(answer(data, 'treatments.methotrexate.episodes.select(start | dose | doseUnit)')).toEqual([
      '2015-03-01',
      15,
      'mg',
    ]);
    expect(answer(data, 'treatments.steroids.treatedDays')).toEqual([30]);
    expect(answer(data, 'treatments.steroids.prior and treatments.steroids.concurrent')).toEqual([true]);
    expect(answer(data, 'treatments.steroids.first < baseline.started')).toEqual([true]);
    expect(data.subjects[0]?.variables).toEqual({ on_steroids: true });
  });

  test('are unknown where a date does not decide, and no where there is none', () => {
    expect(answer(one('2015'), 'treatments.steroids.prior')).toEqual([]);
    expect(answer(one(undefined), 'treatments.steroids.prior')).toEqual([false]);
    const unknown = one('2015-02-15', { started: { missing: 'not-documented' } });
    expect(answer(unknown, 'treatments.methotrexate.ever')).toEqual([true]);
    expect(answer(unknown, 'treatments.methotrexate.first')).toEqual([]);
    expect(answer(unknown, 'treatments.steroids.prior')).toEqual([]);
  });

  test('are counted in tables, and a number leads to the rows of the records', () => {
    const data = one('2015-02-15');
    const results = buildTables(data);
    expect(results.tables[0]?.rows.map(({ cells }) => cells[0]?.n)).toEqual([1, 1, 1]);
    const [subject] = traceCell(data, results, 'therapy/with/total').subjects;
    expect(subject?.treatments).toEqual([
      {
        id: 'methotrexate',
        sentence: 'Methotrexate: 1 episode, 2015-03-01 to between 2015-03-01 and 2018-12-31.',
        answers: [],
        rows: ['abstracted baseline from 2015-03-01, to a day that is not known'],
      },
      {
        id: 'steroids',
        sentence: 'Steroids: 1 episode, 2015-02-15 to 2015-03-16.',
        answers: [
          'prior (within 6 months before 2015-03-01): yes',
          'concurrent (on 2015-03-01): yes',
          'recently changed (within 3 months before 2015-03-01, or on that day): yes',
        ],
        rows: [
          "dispense MedicationDispense/2015-02-15 from 2015-02-15, 30 days by the protocol's `supply`: Prednisone",
        ],
      },
    ]);
    expect(subject?.values.map(({ field }) => field)).toEqual(['started', 'dose']);
  });

  test('rest on the fields of their statements, and of those that they are told relative to', () => {
    const names = (found: ReturnType<typeof fieldsBehind>) =>
      found.map((field) => `${field.instrument}.${field.field}`);
    expect(names(fieldsBehind(protocol, 'treatments.steroids.prior'))).toEqual(['baseline.started', 'baseline.dose']);
    expect(sourcesOf(protocol, 'treatments.methotrexate.treatedDays').treatments).toEqual(['methotrexate']);
    expect(sourcesOf(protocol, 'treatments.exists()').treatments).toEqual(['methotrexate', 'steroids']);
    expect(sourcesOf(protocol, "baseline.severity = 'treatments.steroids'").treatments).toEqual([]);
  });

  test('have a file of episodes with its codebook', () => {
    const files = new Map(dataFiles(one('2015-02')).map(({ name, text }) => [name, text.split('\r\n').join('\n')]));
    expect(files.get('data/treatments.csv')).toMatchInlineSnapshot(`
      "subject,treatment,episode,start_earliest,start_latest,stop_earliest,stop_latest,ongoing,sure,days,gap_days,dose,last_dose,dose_unit,dose_per,frequency,dose_changes,amount,amount_unit,fills,refills,uses
      S001,methotrexate,1,2015-03-01,2015-03-01,2015-03-01,2018-12-31,,true,,0,15,15,mg,time,,,,,,,1
      S001,steroids,1,2015-02-01,2015-02-28,2015-03-02,2015-03-29,false,true,30,0,,,,,,,,,1,0,1
      "
    `);
    expect(files.get('data/codebook.csv')).toContain(
      'data/treatments.csv,start_earliest,"First day, at the earliest",date',
    );
    const plain = dataFiles(psoriasisData(psoriasisProtocol('') satisfies Protocol));
    expect(plain.map(({ name }) => name)).not.toContain('data/treatments.csv');
  });
});

import { describe, expect, test } from 'vitest';
import { psoriasisProtocol } from './psoriasis-data.test-support.ts';
import { fieldsBehind, sourcesOf } from './value-sources.ts';

const protocol = psoriasisProtocol();
const named = (expression: string) =>
  sourcesOf(protocol, expression).fields.map((one) => `${one.instrument}.${one.field}`);
const behind = (expression: string) =>
  fieldsBehind(protocol, expression).map((one) => `${one.instrument}.${one.field}`);

describe('the fields of an expression', () => {
  test.each([
    ["baseline.severity = 'mild'", ['baseline.severity']],
    ["'pits' in baseline.nails", ['baseline.nails']],
    ["baseline.nails_missing = 'conflicting'", ['baseline.nails']],
    ["baseline . severity = 'x' and baseline.`nails`.exists()", ['baseline.severity', 'baseline.nails']],
    // names in text, even after an escaped quote
    ["baseline.severity = 'event.grade and baseline.dose'", ['baseline.severity']],
    ["baseline.severity = 'it\\'s event.grade'", ['baseline.severity']],
    // rows, however they are come by
    ['event.where(grade >= 2).exists()', ['event.grade']],
    ['event.where($this.grade >= 2).exists()', ['event.grade']],
    ['event.where(stopped = true).grade.max() > 1', ['event.stopped', 'event.grade']],
    ['event.first().grade', ['event.grade']],
    ['event[0].grade', ['event.grade']],
    ['event.select(grade)', ['event.grade']],
    ['event.all(stopped = false)', ['event.stopped']],
    ['(event.where(stopped) | event.last()).grade.count()', ['event.stopped', 'event.grade']],
    ["iif(baseline.severity = 'mild', event, event.tail()).grade", ['baseline.severity', 'event.grade']],
    // a field's name elsewhere is none of that instrument's
    [
      "plaque.where(state = 'clear').exists() and baseline.started < %study.start",
      ['plaque.state', 'baseline.started'],
    ],
    ['event.exists() and baseline.dose > 1', ['baseline.dose']],
    ['event.grade > %study.start and person.sex = "x"'.replaceAll('"', "'"), ['event.grade']],
    // the argument of a function that asks no rows is asked of the subject
    ['baseline.started.monthsTo(plaque.first().date) > 1', ['baseline.started', 'plaque.date']],
    ['event.grade.combine(baseline.dose)', ['event.grade', 'baseline.dose']],
    ['event.where(grade.combine(stopped).exists())', ['event.grade', 'event.stopped']],
    // names that begin like others, or are none
    ['baseline.dosed', []],
    ['base.dose', []],
    ['baselines.dose', []],
    ["person.birthDate < @1970 and %person.sex = 'female'", []],
  ])('[R9] %s', (expression, fields) => {
    expect(named(expression)).toEqual(fields);
  });

  test('[R9] are followed through variables and computed fields', () => {
    expect(named('high_dose')).toEqual(['baseline.dose']);
    expect(sourcesOf(protocol, 'high_and_cleared')).toMatchObject({
      fields: [{ instrument: 'baseline', field: 'dose' }],
      instruments: [],
      response: true,
      treatments: [],
    });
    expect(named('baseline.age > 40')).toEqual(['baseline.started']);
  });

  test('[R9] are those of the assessments where the response is asked for', () => {
    expect(behind("response.category = 'cleared'")).toEqual([
      'plaque.site',
      'plaque.date',
      'plaque.state',
      'baseline.started',
    ]);
    expect(behind("baseline.severity = 'response'")).toEqual(['baseline.severity']);
  });

  test('[R9] are all of an instrument whose rows alone are asked for', () => {
    expect(named('event.exists()')).toEqual([]);
    expect(behind('event.exists()')).toEqual(['event.number', 'event.grade', 'event.stopped']);
    expect(behind('event.count() > 1 and event.grade.exists()')).toEqual(['event.grade']);
  });

  test('[R9] a variable that names itself by way of a field of its name comes to an end', () => {
    const own = psoriasisProtocol(
      'variables: [{ id: dose, label: Dose, value: baseline.dose }, { id: twice, label: T, value: dose + dose }]',
    );
    expect(sourcesOf(own, 'twice').fields).toEqual([{ instrument: 'baseline', field: 'dose' }]);
  });
});

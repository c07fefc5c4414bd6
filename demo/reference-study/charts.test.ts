import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyseNote, assertionAt } from '../../src/notes/index.ts';
import { readProtocol } from '../../src/protocol/index.ts';
import { PROTOCOL_PATH, type ReferenceStudy, readCases, writeReferenceStudy } from './index.ts';

interface Resource {
  readonly id: string;
  readonly [element: string]: unknown;
}

let folder: string;
let study: ReferenceStudy;
const cases = readCases();
const { period, concepts } = readProtocol(PROTOCOL_PATH);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chartproof-charts-'));
  study = await writeReferenceStudy({ out: folder, patients: 2000, seed: 3 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const resources = (type: string): Resource[] =>
  readFileSync(join(study.institution, 'fhir', `${type}.ndjson`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Resource);
const subjectOf = (resource: Resource): string => (resource.subject as { reference: string }).reference;
const inPeriod = (date: unknown): boolean =>
  String(date).slice(0, 10) >= period.start && String(date).slice(0, 10) <= period.end;
const textOf = (note: Resource): string =>
  Buffer.from((note.content as [{ attachment: { data: string } }])[0].attachment.data, 'base64').toString();
const personOf = (id: string): string => study.charts.get(id)?.person ?? '';

const words = (concepts.thiosulfate?.terms ?? []).flatMap(({ text, synonyms = [] }) => [text, ...synonyms]);
const drug = new RegExp(`\\b(?:${words.join('|')})\\b`, 'gi');

/** People with a note in the period that affirms the drug. */
function affirmed(): Set<string> {
  const people = resources('DocumentReference').filter((note) => {
    const text = textOf(note);
    if (!inPeriod(note.date) || text.search(drug) < 0) return false;
    const analysis = analyseNote(text);
    const hits = [...text.matchAll(drug)];
    return hits.some((hit) => assertionAt(analysis, hit.index, hit.index + hit[0].length).assertion === 'affirmed');
  });
  return new Set(people.map(subjectOf));
}

function coded(): Set<string> {
  const codes = new Set(['709.3', 'L94.2']);
  const diagnosed = resources('Condition').filter((condition) => {
    const { coding = [] } = condition.code as { coding?: readonly { code: string }[] };
    return inPeriod(condition.onsetDateTime) && coding.some(({ code }) => codes.has(code));
  });
  return new Set(diagnosed.map(subjectOf));
}

function ordered(route?: string): Set<string> {
  const orders = resources('MedicationRequest').filter(
    (order) =>
      /thiosulfate/i.test(JSON.stringify(order)) &&
      (route === undefined || JSON.stringify(order.dosageInstruction).includes(`"text":"${route}"`)),
  );
  return new Set(orders.filter((order) => inPeriod(order.authoredOn)).map(subjectOf));
}

/** The people of the pharmacy's rows for the drug: by record number, otherwise by name and birth date. */
function fromPharmacy(): Map<string, number> {
  const rows = parse(readFileSync(join(study.institution, 'pharmacy/compounding.csv'), 'utf8'), {
    columns: true,
  }) as Record<string, string>[];
  const found = new Map<string, number>();
  const patients = resources('Patient').map((patient) => {
    const [{ value = '' } = {}] = patient.identifier as { value: string }[];
    const [{ family = '', given = [] } = {}] = patient.name as { family: string; given: string[] }[];
    const [year, month, day] = String(patient.birthDate).split('-');
    return {
      reference: `Patient/${patient.id}`,
      number: Number(value),
      name: `${family} ${given[0]} ${month}/${day}/${year}`.toUpperCase(),
    };
  });
  for (const row of rows.filter((one) => /thiosulfate/i.test(one.Drug ?? '') && inUsPeriod(one['Fill Date'] ?? ''))) {
    const name = `${row['Last Name']} ${row['First Name']} ${row.DOB}`;
    const byNumber = patients.filter((patient) => row.MRN !== '' && patient.number === Number(row.MRN));
    const byName = patients.filter((patient) => patient.name === name);
    const [match, ...more] = byNumber.length > 0 ? byNumber : byName;
    if (!match || more.length > 0 || match.name !== name)
      throw new Error('a row of the pharmacy that is nobody, or two');
    found.set(match.reference, (found.get(match.reference) ?? 0) + 1);
  }
  return found;
}

const inUsPeriod = (date: string): boolean => inPeriod(`${date.slice(6)}-${date.slice(0, 2)}-${date.slice(3, 5)}`);

describe('the charts of the reference study', () => {
  test('are one a case, among as many patients as asked', () => {
    const number = cases.included.length + cases.screened_out.length + cases.intravenous.length + cases.refused.length;
    expect(study.charts.size).toBe(number);
    expect(resources('Patient').length).toBe(2000);
  });

  test('are found by the arms as the cases say, and nobody else is', () => {
    const [code, note, order] = [coded(), affirmed(), ordered()];
    const retrieved = [...code].filter((person) => note.has(person) || order.has(person));
    const reviewed = [...cases.included, ...cases.screened_out];
    const expected = [
      ...reviewed.filter((one) => one.found.retrieval).map((one) => one.id),
      ...[...cases.intravenous, ...cases.refused].map((one) => one.id),
    ];
    expect(retrieved.sort()).toEqual(expected.map(personOf).sort());
    const pharmacy = [...reviewed.filter((one) => one.found.pharmacy), ...cases.refused.filter((one) => one.pharmacy)];
    const filled = fromPharmacy();
    expect([...filled.keys()].sort()).toEqual(pharmacy.map((one) => personOf(one.id)).sort());
    const refused = new Set(cases.refused.map((one) => personOf(one.id)));
    const candidates = new Set([...retrieved, ...filled.keys()].filter((person) => !refused.has(person)));
    expect(candidates.size).toBe(87);
  });

  test('where retrieval finds them, affirm the drug in a note of the period', () => {
    const note = affirmed();
    const silent = [...cases.included, ...cases.screened_out, ...cases.intravenous].filter(
      (one) => !note.has(personOf(one.id)),
    );
    expect(silent.map((one) => one.id)).toEqual([]);
  });

  test('have as many fills as the case has prescriptions', () => {
    const filled = fromPharmacy();
    const wanted = cases.included
      .filter((one) => one.found.pharmacy)
      .map((one) => [one.id, one.treatment.prescriptions]);
    expect(wanted.map(([id]) => [id, filled.get(personOf(String(id)))])).toEqual(wanted);
  });

  test('hold an order only where the case has one; the intravenous never a topical one', () => {
    const topical = ordered('topical');
    const reviewed = [...cases.included, ...cases.screened_out];
    expect(reviewed.filter((one) => topical.has(personOf(one.id)) !== one.found.order)).toEqual([]);
    const infused = ordered('intravenous');
    const wrong = cases.intravenous.filter((one) => !infused.has(personOf(one.id)) || topical.has(personOf(one.id)));
    expect(wrong).toEqual([]);
  });

  test('say nothing after the end of the period that would count, and nothing before birth or after death', () => {
    const people = new Set([...study.charts.values()].map((chart) => chart.person));
    const patients = new Map(resources('Patient').map((patient) => [`Patient/${patient.id}`, patient]));
    const outside = resources('DocumentReference').filter((note) => {
      const day = String(note.date).slice(0, 10);
      const patient = patients.get(subjectOf(note));
      return (
        people.has(subjectOf(note)) &&
        (day < String(patient?.birthDate) || day > String(patient?.deceasedDateTime ?? period.end))
      );
    });
    expect(outside.map((note) => note.id)).toEqual([]);
  });

  test('write the same letters for the tuberculin skin test, and calcinosis in the family', () => {
    const people = new Set([...study.charts.values()].map((chart) => chart.person));
    const texts = resources('DocumentReference')
      .filter((note) => people.has(subjectOf(note)))
      .map(textOf);
    expect(texts.filter((text) => /TST (applied|negative)/.test(text)).length).toBeGreaterThan(20);
    expect(texts.filter((text) => /Mother with CREST/.test(text)).length).toBeGreaterThan(10);
  });
});

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from './index.ts';

interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chartproof-institution-'));
  await generate({ patients: 300, seed: 7, out: join(folder, 'a') });
  await generate({ patients: 300, seed: 7, out: join(folder, 'b') });
  await generate({ patients: 900, seed: 7, out: join(folder, 'large') });
});
afterAll(() => rmSync(folder, { recursive: true }));

function resources(name: string, type: string): Resource[] {
  const text = readFileSync(join(folder, name, 'fhir', `${type}.ndjson`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Resource);
}

function hashes(name: string): Record<string, string> {
  const files = readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((file) => [
        file.name,
        createHash('sha256')
          .update(readFileSync(join(file.parentPath, file.name)))
          .digest('hex'),
      ])
      .sort(),
  );
}

const subjectOf = (resource: Resource): string =>
  ((resource.subject ?? resource.patient) as { reference?: string } | undefined)?.reference ?? '';
const inPeriod = (date: unknown): boolean => String(date) >= '2012-01-01' && String(date).slice(0, 10) <= '2017-06-27';
const textOf = (note: Resource): string => {
  const [content] = note.content as [{ attachment: { data: string } }];
  return Buffer.from(content.attachment.data, 'base64').toString();
};

describe('an institution', () => {
  test('is the same, byte for byte, from the same seed', () => {
    expect(hashes('b')).toEqual(hashes('a'));
    expect(Object.keys(hashes('a')).length).toBeGreaterThanOrEqual(14);
  });

  test('is the same in FHIR where it is written as an OMOP CDM too, and that is the same from the same seed', async () => {
    await generate({ patients: 300, seed: 7, out: join(folder, 'both'), format: 'both' });
    await generate({ patients: 300, seed: 7, out: join(folder, 'omop'), format: 'omop' });
    const [fhir, both, omop] = [hashes('a'), hashes('both'), hashes('omop')];
    expect(both).toMatchObject(fhir);
    expect(both).toMatchObject(omop);
    expect(Object.keys(both).sort()).toEqual([...new Set([...Object.keys(fhir), ...Object.keys(omop)])].sort());
    expect(Object.keys(omop)).toContain('condition_occurrence.csv');
  });

  test('has the same patients first, however large it is', () => {
    const small = resources('a', 'Patient').map((patient) => JSON.stringify(patient));
    const large = resources('large', 'Patient').map((patient) => JSON.stringify(patient));
    expect(large.slice(0, small.length)).toEqual(small);
    const ids = new Set(resources('a', 'Patient').map((patient) => `Patient/${patient.id}`));
    const notes = (name: string) =>
      resources(name, 'DocumentReference')
        .filter((note) => ids.has(subjectOf(note)))
        .map((note) => note.id);
    expect(notes('large')).toEqual(notes('a'));
  });

  test('has as many patients as asked, about eight notes each, and no id twice', () => {
    const patients = resources('large', 'Patient');
    expect(patients.length).toBe(900);
    const notes = resources('large', 'DocumentReference');
    expect(notes.length / patients.length).toBeGreaterThan(6);
    expect(notes.length / patients.length).toBeLessThan(12);
    expect(new Set(notes.map((note) => note.id)).size).toBe(notes.length);
  });

  test('nothing happens before birth or after death', () => {
    const patients = new Map(resources('large', 'Patient').map((patient) => [`Patient/${patient.id}`, patient]));
    const dated = [
      ...resources('large', 'DocumentReference').map((one) => [one, one.date] as const),
      ...resources('large', 'Condition').map((one) => [one, one.onsetDateTime] as const),
      ...resources('large', 'MedicationRequest').map((one) => [one, one.authoredOn] as const),
      ...resources('large', 'Encounter').map((one) => [one, (one.period as { start: string }).start] as const),
    ];
    const wrong = dated.filter(([one, date]) => {
      const patient = patients.get(subjectOf(one));
      const day = String(date).slice(0, 10);
      return day < String(patient?.birthDate) || day > String(patient?.deceasedDateTime ?? '9999');
    });
    expect(wrong.map(([one]) => `${one.resourceType}/${one.id}`)).toEqual([]);
  });

  test('no decoy has both the diagnosis and the drug of the reference study in its period', () => {
    const codes = new Set(['709.3', 'L94.2']);
    const diagnosed = resources('large', 'Condition').filter((condition) => {
      const { coding } = condition.code as { coding: readonly { code: string }[] };
      return inPeriod(condition.onsetDateTime) && coding.some(({ code }) => codes.has(code));
    });
    const drug = /thiosulfate/i;
    const treated = [
      ...resources('large', 'MedicationRequest').filter(
        (order) => drug.test(JSON.stringify(order)) && inPeriod(order.authoredOn),
      ),
      ...resources('large', 'DocumentReference').filter((note) => drug.test(textOf(note)) && inPeriod(note.date)),
    ];
    const both = new Set(treated.map(subjectOf)).intersection(new Set(diagnosed.map(subjectOf)));
    expect(diagnosed.length).toBeGreaterThan(0);
    expect(treated.length).toBeGreaterThan(5);
    expect([...both]).toEqual([]);
    expect(readFileSync(join(folder, 'large/pharmacy/compounding.csv'), 'utf8')).not.toMatch(drug);
  });

  test('has patients for another study: methotrexate for psoriasis, with an outcome in the notes', () => {
    const orders = resources('a', 'MedicationRequest').filter(
      (order) => JSON.stringify(order).includes('once weekly') && !JSON.stringify(order).includes('6 tablets'),
    );
    expect(new Set(orders.map(subjectOf)).size).toBeGreaterThanOrEqual(10);
    const outcomes = resources('a', 'DocumentReference')
      .map(textOf)
      .filter((text) => text.includes('Skin is '));
    expect(outcomes.some((text) => text.includes('Skin is clear'))).toBe(true);
    expect(outcomes.some((text) => text.includes('Skin is not clear'))).toBe(true);
  });
});

test('a number of patients that cannot be is refused', async () => {
  await expect(generate({ patients: 100, seed: 1, out: join(folder, 'none') })).rejects.toMatchObject({
    code: 'demo.patients',
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluateRecord, type FieldValue, fieldOf, instrumentOf, readProtocol } from '../../src/protocol/index.ts';
import {
  type AbstractionEntry,
  type AdjudicationEntry,
  type Answer,
  type Entry,
  entrySchema,
} from '../../src/review/entry.ts';
import { PROTOCOL_PATH, type ReferenceStudy, readCases, writeReferenceStudy } from './index.ts';
import { reviewedCases } from './truth.ts';

const OPTIONS = { patients: 220, seed: 11 };
let folder: string;
let study: ReferenceStudy;
const protocol = readProtocol(PROTOCOL_PATH);
const cases = readCases();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chartproof-reference-'));
  study = await writeReferenceStudy({ ...OPTIONS, out: join(folder, 'a') });
});
afterAll(() => rmSync(folder, { recursive: true }));

const lines = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
const entriesOf = (name: string, from = study): Entry[] =>
  lines(join(from.reviews, `${name}.ndjson`)).map((line) => entrySchema.parse(JSON.parse(line)));
const records = (name: string): AbstractionEntry[] => entriesOf(name).filter((one) => one.kind === 'abstraction');
const adjudications = (): AdjudicationEntry[] => entriesOf('adjudication').filter((one) => one.kind === 'adjudication');
const both = (who: 'a' | 'b') => [...records(`screening-${who}`), ...records(`abstraction-${who}`)];
const keyOf = (one: Entry): string => [one.person, one.instrument, one.row].join(' ');
const held = (answer: Answer): FieldValue =>
  'value' in answer ? { value: answer.value } : { missing: answer.missing };

function problemsOf(entry: AbstractionEntry, values: Readonly<Record<string, FieldValue>>): string[] {
  const one = reviewedCases(cases).find((each) => study.charts.get(each.id)?.person === entry.person);
  const verdict = evaluateRecord(instrumentOf(protocol, entry.instrument), values, {
    person: { birthDate: one?.birth },
  });
  return [
    ...verdict.problems.map((problem) => problem.message),
    ...verdict.unanswered.map((field) => `${field} is open`),
  ];
}

const plainValues = (entry: AbstractionEntry): Record<string, FieldValue> =>
  Object.fromEntries(Object.entries(entry.values).map(([field, answer]) => [field, held(answer)]));

function differences(): {
  readonly key: string;
  readonly a: AbstractionEntry;
  readonly b: AbstractionEntry;
  readonly fields: readonly string[];
}[] {
  const second = new Map(both('b').map((entry) => [keyOf(entry), entry]));
  return both('a').map((a) => {
    const b = second.get(keyOf(a));
    if (!b) throw new Error('a record without its second');
    const ids = [...new Set([...Object.keys(a.values), ...Object.keys(b.values)])];
    const fields = ids.filter((id) => {
      const [first, other] = [a.values[id], b.values[id]];
      return !first || !other || !isDeepStrictEqual(held(first), held(other));
    });
    return { key: keyOf(a), a, b, fields };
  });
}

describe('the recorded reviews', () => {
  test('screen 44 candidates twice, and abstract 28 twice', () => {
    expect(records('screening-a').length).toBe(44);
    expect(both('a').map(keyOf).sort()).toEqual(both('b').map(keyOf).sort());
    const people = new Set(records('abstraction-a').map((entry) => entry.person));
    expect(people.size).toBe(28);
  });

  test('are valid by the protocol and leave nothing open', () => {
    const wrong = [...both('a'), ...both('b')].flatMap((entry) => problemsOf(entry, plainValues(entry)));
    expect(wrong).toEqual([]);
  });

  test('cite, verbatim and at its place, what the chart of that patient says', () => {
    const notes = new Map(
      lines(join(study.institution, 'fhir/DocumentReference.ndjson')).map((line) => {
        const note = JSON.parse(line) as {
          id: string;
          subject: { reference: string };
          content: [{ attachment: { data: string } }];
        };
        const text = Buffer.from(note.content[0].attachment.data, 'base64').toString();
        return [`DocumentReference/${note.id}` as string, { person: note.subject.reference, text }] as const;
      }),
    );
    let cited = 0;
    for (const entry of [...both('a'), ...both('b'), ...adjudications()]) {
      const answers: readonly Answer[] = entry.kind === 'adjudication' ? [entry.answer] : Object.values(entry.values);
      for (const evidence of answers.flatMap((answer) => answer.evidence)) {
        if (!('note' in evidence)) throw new Error('evidence is not a sentence');
        const note = notes.get(evidence.note);
        expect([note?.person, note?.text.slice(evidence.start, evidence.end)]).toEqual([entry.person, evidence.quote]);
        cited++;
      }
    }
    expect(cited).toBeGreaterThan(2000);
  });

  test('give every value its evidence, and every missing value what was read', () => {
    const bare = [...both('a'), ...both('b')].flatMap((entry) =>
      Object.entries(entry.values).filter(([id, answer]) => {
        if ('missing' in answer) return !answer.coverage?.notes.length || !answer.coverage.terms.length;
        const { evidence } = fieldOf(instrumentOf(protocol, entry.instrument), id);
        return evidence === 'required' && answer.evidence.length === 0;
      }),
    );
    expect(bare).toEqual([]);
  });

  test('differ in five to ten of a hundred fields, and each difference is settled with a reason', () => {
    const found = differences();
    const fields = found.reduce((sum, { a }) => sum + Object.keys(a.values).length, 0);
    const differing = found.flatMap(({ key, fields: ids }) => ids.map((id) => `${key} ${id}`));
    expect(differing.length / fields).toBeGreaterThan(0.05);
    expect(differing.length / fields).toBeLessThan(0.1);
    expect(
      adjudications()
        .map((one) => `${keyOf(one)} ${one.field}`)
        .sort(),
    ).toEqual(differing.sort());
    expect(adjudications().every((one) => one.reason.length > 20)).toBe(true);
  });

  test('settle at the facts of the cases, in records that are valid', () => {
    const settled = new Map(adjudications().map((one) => [`${keyOf(one)} ${one.field}`, held(one.answer)]));
    const final = new Map(
      both('a').map((entry) => {
        const values = Object.entries(plainValues(entry)).map(([id, value]) => [
          id,
          settled.get(`${keyOf(entry)} ${id}`) ?? value,
        ]);
        return [keyOf(entry), { entry, values: Object.fromEntries(values) as Record<string, FieldValue> }] as const;
      }),
    );
    expect([...final.values()].flatMap(({ entry, values }) => problemsOf(entry, values))).toEqual([]);
    const truth = reviewedCases(cases).flatMap((one) =>
      one.records.map(
        ({ instrument, row, values }) =>
          [[study.charts.get(one.id)?.person, instrument, row].join(' '), values] as const,
      ),
    );
    expect(truth.length).toBe(final.size);
    expect(
      truth.filter(([key, values]) => !isDeepStrictEqual({ ...values }, final.get(key)?.values)).map(([key]) => key),
    ).toEqual([]);
  });

  test('were said after the records end, in order', () => {
    for (const name of ['screening-a', 'screening-b', 'abstraction-a', 'abstraction-b', 'adjudication']) {
      const times = entriesOf(name).map((entry) => entry.at);
      expect(times).toEqual([...new Set(times)].sort());
      expect((times[0] ?? '') > '2018').toBe(true);
    }
  });
});

const filesOf = (out: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(out.length), readFileSync(path, 'utf8')]),
  );

test('the same seed gives the same bytes', async () => {
  await writeReferenceStudy({ ...OPTIONS, out: join(folder, 'b') });
  const [a, b] = [filesOf(join(folder, 'a')), filesOf(join(folder, 'b'))];
  expect(Object.keys(b).sort()).toEqual(Object.keys(a).sort());
  expect(Object.keys(a).filter((path) => a[path] !== b[path])).toEqual([]);
});

test('one changed fact changes the answers about it and no other', async () => {
  const included = cases.included.map((one) =>
    one.id === 'P14' ? { ...one, baseline: { ...one.baseline, ulceration: false } } : one,
  );
  const changed = await writeReferenceStudy({ ...OPTIONS, out: join(folder, 'c'), cases: { ...cases, included } });
  const values = (from: ReferenceStudy) =>
    new Map(
      entriesOf('abstraction-a', from).flatMap((entry) =>
        entry.kind === 'abstraction'
          ? Object.entries(plainValues(entry)).map(([id, value]) => [`${keyOf(entry)} ${id}`, value] as const)
          : [],
      ),
    );
  const [before, after] = [values(study), values(changed)];
  const person = study.charts.get('P14')?.person;
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !isDeepStrictEqual(before.get(key), after.get(key)),
  );
  expect(moved).toContain(`${person} baseline  ulceration`);
  expect(moved.every((key) => key.startsWith(`${person} baseline `))).toBe(true);
});

/** One institution, exported as FHIR and as an OMOP CDM: the same studies find the same persons, by the same arms. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeReferenceStudy } from '../demo/reference-study/index.ts';
import { silent } from '../src/base/index.ts';
import { attritionSteps, candidates, identify, outcomes } from '../src/cohort/index.ts';
import { indexNotes } from '../src/notes/index.ts';
import { registerProtocol } from '../src/protocol/index.ts';
import { type ImportReport, importFhir, importOmop, openRecords } from '../src/records/index.ts';
import { withStudy } from '../src/review/index.ts';
import { initWorkspace, type Workspace } from '../src/workspace/index.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-both-'));
afterAll(() => rmSync(dir, { recursive: true }));
const by = { actor: 'test', at: '2020-05-05T08:00:00Z' };
const how = { progress: silent, now: by.at };
let fhir: Workspace;
let omop: Workspace;
let reports: readonly ImportReport[];

beforeAll(async () => {
  const { institution } = await writeReferenceStudy({
    out: join(dir, 'input'),
    patients: 400,
    seed: 5,
    format: 'both',
  });
  [fhir, omop] = [initWorkspace(join(dir, 'fhir')), initWorkspace(join(dir, 'omop'))];
  reports = [
    await importFhir(fhir, [join(institution, 'fhir')], how),
    await importOmop(omop, [join(institution, 'omop')], how),
  ];
  for (const workspace of [fhir, omop]) {
    const records = await openRecords(workspace);
    await indexNotes(workspace, records, how).finally(() => records.close());
  }
}, 240_000);

/** A protocol that asks for everything by which candidates are found: conditions, drugs with routes, procedures, notes, age. */
function everyCriterion(): string {
  const path = join(dir, 'protocol.yaml');
  const text = readFileSync(join(import.meta.dirname, 'second-study/protocol.yaml'), 'utf8');
  const concepts = `concepts:
  biopsy: { label: Biopsy, codes: [{ system: CPT4, code: "11100" }] }
  cream: { label: Topical drugs, drugs: { names: [ointment, cream, clobetasol], routes: [topical] } }
  hypertension: { label: Hypertension, codes: [{ system: ICD10CM, code: I10 }, { system: ICD9CM, code: "401" }] }
`;
  const arms = `  - { id: biopsied, label: Biopsy, criterion: { procedure: biopsy } }
  - { id: creams, label: Topical, criterion: { drug: cream, sources: [order, dispense], during: period } }
  - { id: old, label: Old with hypertension, criterion: { all: [{ condition: hypertension, atLeast: 2 }, { age: { min: 65 } }, { sex: female }] } }
exclusions:
`;
  writeFileSync(path, text.replace('concepts:\n', concepts).replace('exclusions:\n', arms));
  return path;
}

/** Whom a study finds in a workspace, and the account. */
async function found(workspace: Workspace, protocol: string) {
  const { protocol: registered } = registerProtocol(workspace, protocol, by);
  return withStudy(workspace, registered.id, 'of-cohort', async ({ database, study, gate }) => {
    const run = await identify(database, study, gate, { ...by, progress: silent });
    const persons = new Map(candidates(database).map((one) => [one.subject, one.personId]));
    const exclusions = gate.protocol.exclusions;
    const judged = run.candidates.map(({ subject, rules }) => ({ subject, exclusions: rules }));
    return {
      arms: run.arms,
      persons: run.candidates.map(({ subject, arms, rules }) => ({ person: persons.get(subject), arms, rules })),
      ledger: attritionSteps(
        run,
        { exclusions },
        outcomes(
          exclusions.map((one) => one.id),
          judged,
        ),
      ),
    };
  });
}

describe('an institution as FHIR and as OMOP', () => {
  test('has the same rows', async () => {
    const [one, other] = reports;
    expect(other).toMatchObject({ quarantined: 0, superseded: 0, unmapped: 0 });
    const same = [
      'person',
      'visit_occurrence',
      'condition_occurrence',
      'drug_exposure',
      'procedure_occurrence',
      'measurement',
      'observation',
      'note',
      'provider',
      'research_authorization',
    ];
    expect(same.map((table) => [table, other?.tables[table]])).toEqual(
      same.map((table) => [table, one?.tables[table]]),
    );
    const numbers = async (workspace: Workspace) => {
      const records = await openRecords(workspace);
      return records
        .all(
          'SELECT person_id, record_number, sex, person.birth_date_source, death_date FROM person JOIN person_identity USING (person_id) ORDER BY 1',
        )
        .finally(() => records.close());
    };
    expect(await numbers(omop)).toEqual(await numbers(fhir));
  });

  test('gives the reference study the same candidates by arm, and the same ledger', async () => {
    const protocol = join(dir, 'input/study/protocol.yaml');
    const [one, other] = [await found(fhir, protocol), await found(omop, protocol)];
    expect(one.persons.length).toBeGreaterThan(50);
    expect(other).toEqual(one);
  });

  test('gives a study that asks for everything the same candidates by arm, and the same ledger', async () => {
    const protocol = everyCriterion();
    const [one, other] = [await found(fhir, protocol), await found(omop, protocol)];
    expect(one.arms.map(({ id }) => id)).toEqual(['coded', 'notes', 'biopsied', 'creams', 'old']);
    for (const arm of one.arms) expect(arm.authorized, arm.id).toBeGreaterThan(0);
    expect(other).toEqual(one);
  });
});

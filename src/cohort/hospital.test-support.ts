/** Small hospitals for the tests of this room: persons as plain objects become FHIR, are imported, and stand behind a gate. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SnapshotId, silent } from '../base/index.ts';
import { indexNotes } from '../notes/index.ts';
import { type Protocol, protocolSchema } from '../protocol/index.ts';
import { importFhir, openRecords, type Records } from '../records/index.ts';
import { initWorkspace, type Workspace } from '../workspace/index.ts';
import type { Gate } from './gate/gate.ts';
import { gateBefore } from './gate/open-gate.ts';

/** An event; its date is as coarse as it is, or missing. */
export interface Dated {
  readonly date?: string | undefined;
}

/** A person and what is recorded. What is not named is not there. */
export interface TestPerson {
  readonly id: string;
  /** Has events, but no Patient. */
  readonly isUnknown?: boolean;
  /** The person whose record took the place of this one's. */
  readonly replacedBy?: string;
  readonly sex?: string | undefined;
  readonly birth?: string | undefined;
  readonly consents?: readonly (Dated & { readonly decision: keyof typeof consentStatuses })[];
  readonly conditions?: readonly (Dated & {
    readonly code: string;
    /** Its URI; of ICD the code says which. */
    readonly system?: string;
    readonly verification?: string | undefined;
  })[];
  readonly drugs?: readonly (Dated & {
    readonly text: string;
    readonly route?: string | undefined;
    readonly status?: string | undefined;
    readonly kind?: keyof typeof drugResources | undefined;
  })[];
  readonly procedures?: readonly (Dated & { readonly code: string; readonly status?: string | undefined })[];
  readonly notes?: readonly (Dated & { readonly text: string })[];
  readonly visits?: readonly (Dated & {
    readonly class?: string;
    readonly end?: string | undefined;
    /** Who gave the care. */
    readonly practitioner?: string | undefined;
    readonly site?: string | undefined;
  })[];
  readonly measurements?: readonly (Dated & {
    /** LOINC. */
    readonly code?: string;
    readonly value?: number | undefined;
    readonly unit?: string | undefined;
    readonly operator?: '<' | '<=' | '>' | '>=' | undefined;
    readonly range?: readonly [low: number, high: number] | undefined;
    readonly status?: string | undefined;
  })[];
  readonly observations?: readonly (Dated & { readonly code: string })[];
  readonly died?: string | undefined;
  readonly allergies?: readonly Dated[];
  readonly photographs?: readonly Dated[];
}

/** The status of a consent that says so; `letter` asks for a decision. */
const consentStatuses = { permit: 'active', deny: 'active', revoke: 'inactive', letter: 'proposed' } as const;

/** How each kind of drug row comes in FHIR: the resource, and its elements for the day and the dosage. */
const drugResources = {
  order: { resourceType: 'MedicationRequest', day: 'authoredOn', dosage: 'dosageInstruction' },
  dispense: { resourceType: 'MedicationDispense', day: 'whenHandedOver', dosage: 'dosageInstruction' },
  administration: { resourceType: 'MedicationAdministration', day: 'effectiveDateTime', dosage: 'dosage' },
  statement: { resourceType: 'MedicationStatement', day: 'effectiveDateTime', dosage: 'dosage' },
} as const;

/** A workspace with these persons; removed at the end of the `using` block. */
export interface Hospital extends Disposable {
  readonly workspace: Workspace;
  /** Adds persons, or newer versions of what is there, as another snapshot. */
  add(persons: readonly TestPerson[]): Promise<void>;
  /** The gate on a snapshot, the current one unless named, and the records before it; with `only`, for one person. */
  gate(
    protocol: Protocol,
    snapshot?: SnapshotId,
    only?: string,
  ): Promise<Gate & Disposable & { readonly records: Records }>;
}

/** Makes a hospital; `others` are FHIR resources that are about no one person, or that persons cannot say. */
export async function hospital(persons: readonly TestPerson[], others: readonly object[] = []): Promise<Hospital> {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-cohort-'));
  const workspace = initWorkspace(join(dir, 'workspace'));
  const add = async (more: readonly TestPerson[], beside: readonly object[] = []): Promise<void> => {
    if (more.length + beside.length === 0) return;
    const file = join(dir, 'records.ndjson');
    writeFileSync(file, [...beside, ...more.flatMap(resources)].map((one) => `${JSON.stringify(one)}\n`).join(''));
    await importFhir(workspace, [file], { progress: silent, now: '2024-01-01T00:00:00Z' });
    const records = await openRecords(workspace);
    await indexNotes(workspace, records, { progress: silent }).finally(() => records.close());
  };
  await add(persons, others);
  return {
    workspace,
    add: (more) => add(more),
    gate: async (protocol, snapshot, only) => {
      const records = await openRecords(workspace, snapshot, ['person', 'research_authorization']);
      const gate = await gateBefore(records, workspace, protocol, only);
      return { ...gate, records, [Symbol.dispose]: () => gate.close() };
    },
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** A protocol about gout, with anything changed. */
export function goutProtocol(changes: object = {}): Protocol {
  return protocolSchema.parse({
    chartproof: 1,
    id: 'gout',
    version: '1',
    title: 'Gout',
    period: { start: '2012', end: '2016-06' },
    concepts: {
      gout: {
        label: 'Gout',
        codes: [
          { system: 'ICD9CM', code: '274' },
          { system: 'ICD10CM', code: 'M10.0', descendants: false },
        ],
        terms: [{ text: 'gout', synonyms: ['tophi', 'podagra'] }],
      },
      allopurinol: { label: 'Allopurinol', drugs: { names: ['allopurinol', 'uric stop'] } },
      tap: { label: 'Joint aspiration', codes: [{ system: 'CPT4', code: '20610' }] },
      urate: { label: 'Urate', codes: [{ system: 'LOINC', code: '3084-1' }], unit: 'mg/dL', molarMass: 168.11 },
      sulfa: { label: 'Sulfa', codes: [{ system: 'SNOMED', code: '91939003' }] },
    },
    authorization: { asOf: '2016-06', noneOnRecord: 'granted' },
    arms: [{ id: 'coded', label: 'Codes', criterion: { condition: 'gout' } }],
    exclusions: [],
    instruments: [{ id: 'screening', label: 'Screening', fields: [{ id: 'ok', label: 'OK', type: 'yesno' }] }],
    review: { screening: 'screening' },
    ...changes,
  });
}

function resources(person: TestPerson): object[] {
  const subject = { reference: `Patient/${person.id}` };
  const id = (kind: string, at: number) => `${person.id}-${kind}-${at}`;
  return [
    ...(person.isUnknown
      ? []
      : [
          {
            resourceType: 'Patient',
            id: person.id,
            gender: person.sex,
            birthDate: person.birth,
            ...(person.died === undefined ? {} : { deceasedDateTime: person.died }),
            name: [{ family: 'Known' }],
            ...(person.replacedBy === undefined
              ? {}
              : { link: [{ type: 'replaced-by', other: { reference: `Patient/${person.replacedBy}` } }] }),
          },
        ]),
    ...(person.consents ?? []).map(({ date, decision }, at) => ({
      resourceType: 'Consent',
      id: id('consent', at),
      status: consentStatuses[decision],
      scope: { coding: [{ code: 'research' }] },
      patient: subject,
      dateTime: date,
      provision: { type: decision === 'deny' ? 'deny' : 'permit' },
    })),
    ...(person.conditions ?? []).map(({ date, code, system, verification }, at) => ({
      resourceType: 'Condition',
      id: id('condition', at),
      subject,
      ...(verification ? { verificationStatus: { coding: [{ code: verification }] } } : {}),
      code: { coding: [{ system: system ?? `http://hl7.org/fhir/sid/icd-${/^\d/.test(code) ? '9' : '10'}-cm`, code }] },
      onsetDateTime: date,
    })),
    ...(person.drugs ?? []).map(({ date, text, route, status, kind = 'order' }, at) => {
      const { resourceType, day, dosage } = drugResources[kind];
      const dosages = route ? [{ route: { text: route } }] : [];
      return {
        resourceType,
        id: id('drug', at),
        subject,
        status: status ?? 'active',
        medicationCodeableConcept: { text },
        [dosage]: kind === 'administration' ? dosages[0] : dosages,
        [day]: date,
      };
    }),
    ...(person.procedures ?? []).map(({ date, code, status }, at) => ({
      resourceType: 'Procedure',
      id: id('procedure', at),
      subject,
      status: status ?? 'completed',
      code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code }] },
      performedDateTime: date,
    })),
    ...(person.notes ?? []).map(({ date, text }, at) => ({
      resourceType: 'DocumentReference',
      id: id('note', at),
      status: 'current',
      subject,
      date,
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
    })),
    ...(person.visits ?? []).map(({ date, class: kind = 'AMB', end, practitioner, site }, at) => ({
      resourceType: 'Encounter',
      id: id('visit', at),
      status: 'finished',
      class: { code: kind },
      subject,
      period: { start: date, end },
      ...(practitioner ? { participant: [{ individual: { reference: `Practitioner/${practitioner}` } }] } : {}),
      ...(site ? { serviceProvider: { reference: `Organization/${site}` } } : {}),
    })),
    ...(person.measurements ?? []).map((one, at) => ({
      resourceType: 'Observation',
      id: id('measurement', at),
      status: one.status ?? 'final',
      subject,
      code: { text: 'Urate', ...(one.code ? { coding: [{ system: 'http://loinc.org', code: one.code }] } : {}) },
      valueQuantity: { value: one.value ?? 9.1, unit: one.unit ?? 'mg/dL', comparator: one.operator },
      ...(one.range ? { referenceRange: [{ low: { value: one.range[0] }, high: { value: one.range[1] } }] } : {}),
      effectiveDateTime: one.date,
    })),
    ...(person.observations ?? []).map(({ date, code }, at) => ({
      resourceType: 'AllergyIntolerance',
      id: id('observation', at),
      patient: subject,
      code: { coding: [{ system: 'http://snomed.info/sct', code }] },
      onsetDateTime: date,
    })),
    ...(person.allergies ?? []).map(({ date }, at) => ({
      resourceType: 'AllergyIntolerance',
      id: id('allergy', at),
      patient: subject,
      code: { text: 'Sulfa' },
      onsetDateTime: date,
    })),
    ...(person.photographs ?? []).map(({ date }, at) => ({
      resourceType: 'Media',
      id: id('photograph', at),
      status: 'completed',
      subject,
      type: { text: 'Photograph' },
      bodySite: { text: `Great toe of ${person.id}` },
      content: { contentType: 'image/jpeg', url: `${id('photograph', at)}.jpg` },
      createdDateTime: date,
    })),
  ];
}

/**
 * One patient's chart as it grows: every call writes a FHIR R4 resource in the profile of US Core and returns its
 * reference. Ids come from the seed and the chart's own name, so that a chart is the same in an institution of any size.
 */
import type { Day } from '../../src/base/index.ts';
import {
  type EncounterClass,
  encounterClasses,
  ethnicities,
  icd10From,
  type NoteType,
  noteTypes,
  type Route,
  races,
  routes,
  type Specialty,
  systems,
} from './codes.ts';
import { idsOf } from './random.ts';

/** Who the patient is. `race` and `ethnicity` are words of `races` and `ethnicities` in `codes.ts`. */
export interface PatientFacts {
  readonly sex: 'female' | 'male';
  readonly birthDate: Day;
  readonly race: string;
  readonly ethnicity: string;
  readonly family: string;
  readonly given: string;
  /** The hospital's number, with its leading zeros. */
  readonly recordNumber: string;
  readonly deathDate?: Day;
}

interface Dated {
  readonly date: Day;
  /** `Encounter/...` */
  readonly encounter?: string;
}

export interface ConditionFacts extends Dated {
  readonly text: string;
  readonly icd9?: string;
  readonly icd10?: string;
  readonly snomed?: string;
  readonly verification?: 'confirmed' | 'provisional' | 'refuted' | 'entered-in-error';
  readonly clinical?: 'active' | 'resolved';
}

export interface DrugFacts extends Dated {
  readonly drug: string;
  readonly rxnorm?: string;
  readonly route: Route;
  readonly form?: string;
  readonly sig: string;
  readonly quantity?: number;
  readonly unit?: string;
  readonly refills?: number;
  readonly specialty?: Specialty;
  /** Name the drug by a Medication resource of its own, as many systems do. */
  readonly byReference?: boolean;
}

export interface NoteFacts extends Dated {
  readonly type: NoteType;
  readonly specialty: Specialty;
  readonly text: string;
}

export interface Chart {
  /** `Patient/...` */
  readonly reference: string;
  readonly patient: PatientFacts;
  encounter(facts: { readonly date: Day; readonly specialty: Specialty; readonly class?: EncounterClass }): string;
  condition(facts: ConditionFacts): string;
  order(facts: DrugFacts): string;
  dispense(facts: DrugFacts): string;
  procedure(facts: Dated & { readonly text: string; readonly cpt?: string; readonly snomed?: string }): string;
  observation(
    facts: Dated & { readonly text: string; readonly loinc?: string; readonly value?: number; readonly unit?: string },
  ): string;
  allergy(facts: Dated & { readonly text: string; readonly reaction?: string }): string;
  /** Whether the record may be used for research. */
  consent(facts: { readonly date: Day; readonly decision: 'permit' | 'deny' }): string;
  note(facts: NoteFacts): string;
}

/** Takes one resource; the institution writes it to the file of its type. */
export type Emit = (resource: { readonly resourceType: string; readonly id: string }) => void;

/** Gives a practitioner of the specialty; the same one for the same patient. */
export type CareTeam = (
  specialty: Specialty,
  patientId: string,
) => { readonly reference: string; readonly display: string };

export interface ChartSource {
  readonly seed: number;
  readonly emit: Emit;
  readonly clinician: CareTeam;
}

/** Opens the chart called `name` and writes its Patient. */
export function openChart(source: ChartSource, name: string, patient: PatientFacts): Chart {
  const nextId = idsOf(source.seed, 'chart', name);
  const patientId = nextId();
  const reference = `Patient/${patientId}`;
  const subject = { reference };

  const write = (resourceType: string, date: Day, body: object): string => {
    const id = nextId();
    source.emit({ resourceType, id, meta: { lastUpdated: `${date}T18:00:00Z` }, ...body } as Parameters<Emit>[0]);
    return `${resourceType}/${id}`;
  };
  const by = (specialty: Specialty) => source.clinician(specialty, patientId);
  const medicationOf = (facts: DrugFacts): object => {
    const concept = {
      coding: facts.rxnorm ? [{ system: systems.rxnorm, code: facts.rxnorm, display: facts.drug }] : [],
      text: facts.drug,
    };
    if (!facts.byReference) return { medicationCodeableConcept: withoutEmpty(concept) };
    const form = facts.form ? { form: { text: facts.form } } : {};
    const medication = write('Medication', facts.date, { code: withoutEmpty(concept), status: 'active', ...form });
    return { medicationReference: { reference: medication, display: facts.drug } };
  };
  const dosage = (facts: DrugFacts) => [
    { text: facts.sig, route: { coding: [{ system: systems.snomed, ...routes[facts.route] }], text: facts.route } },
  ];

  source.emit({ resourceType: 'Patient', id: patientId, ...patientBody(patient) });
  return {
    reference,
    patient,
    encounter: ({ date, specialty, class: kind = 'AMB' }) =>
      write('Encounter', date, {
        status: 'finished',
        class: {
          system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
          code: kind,
          display: encounterClasses[kind],
        },
        type: [{ text: `${specialty.replaceAll('-', ' ')} visit` }],
        subject,
        participant: [{ individual: by(specialty) }],
        period: { start: `${date}T09:00:00-06:00`, end: `${date}T09:40:00-06:00` },
      }),
    condition: (facts) =>
      write('Condition', facts.date, {
        clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', facts.clinical ?? 'active'),
        verificationStatus: coded(
          'http://terminology.hl7.org/CodeSystem/condition-ver-status',
          facts.verification ?? 'confirmed',
        ),
        category: [coded('http://terminology.hl7.org/CodeSystem/condition-category', 'encounter-diagnosis')],
        code: withoutEmpty({ coding: conditionCodings(facts), text: facts.text }),
        subject,
        ...inEncounter(facts),
        onsetDateTime: facts.date,
        recordedDate: facts.date,
      }),
    order: (facts) =>
      write('MedicationRequest', facts.date, {
        status: 'active',
        intent: 'order',
        ...medicationOf(facts),
        subject,
        ...inEncounter(facts),
        authoredOn: `${facts.date}T10:00:00-06:00`,
        requester: by(facts.specialty ?? 'internal-medicine'),
        dosageInstruction: dosage(facts),
        dispenseRequest: withoutEmpty({ numberOfRepeatsAllowed: facts.refills, quantity: quantity(facts) }),
      }),
    dispense: (facts) =>
      write('MedicationDispense', facts.date, {
        status: 'completed',
        ...medicationOf(facts),
        subject,
        ...(facts.encounter ? { context: { reference: facts.encounter } } : {}),
        ...withoutEmpty({ quantity: quantity(facts) }),
        whenHandedOver: facts.date,
        dosageInstruction: dosage(facts),
      }),
    procedure: (facts) =>
      write('Procedure', facts.date, {
        status: 'completed',
        code: withoutEmpty({
          coding: [
            ...(facts.cpt ? [{ system: systems.cpt, code: facts.cpt, display: facts.text }] : []),
            ...(facts.snomed ? [{ system: systems.snomed, code: facts.snomed, display: facts.text }] : []),
          ],
          text: facts.text,
        }),
        subject,
        ...inEncounter(facts),
        performedDateTime: facts.date,
      }),
    observation: (facts) =>
      write('Observation', facts.date, {
        status: 'final',
        category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
        code: withoutEmpty({
          coding: facts.loinc ? [{ system: systems.loinc, code: facts.loinc, display: facts.text }] : [],
          text: facts.text,
        }),
        subject,
        ...inEncounter(facts),
        effectiveDateTime: facts.date,
        ...(facts.value === undefined
          ? {}
          : { valueQuantity: { value: facts.value, unit: facts.unit, system: systems.ucum, code: facts.unit } }),
      }),
    allergy: (facts) =>
      write('AllergyIntolerance', facts.date, {
        clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active'),
        verificationStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'confirmed'),
        code: { text: facts.text },
        patient: subject,
        recordedDate: facts.date,
        ...(facts.reaction ? { reaction: [{ manifestation: [{ text: facts.reaction }] }] } : {}),
      }),
    consent: ({ date, decision }) =>
      write('Consent', date, {
        status: 'active',
        scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'research'),
        category: [
          { coding: [{ system: systems.loinc, code: '57016-8', display: 'Privacy policy acknowledgment Document' }] },
        ],
        patient: subject,
        dateTime: date,
        provision: { type: decision },
      }),
    note: (facts) => {
      const type = noteTypes[facts.type];
      const author = by(facts.specialty);
      return write('DocumentReference', facts.date, {
        status: 'current',
        type: { coding: [{ system: systems.loinc, ...type }], text: type.display },
        category: [coded('http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category', 'clinical-note')],
        subject,
        date: `${facts.date}T16:30:00-06:00`,
        author: [author],
        ...(facts.encounter ? { context: { encounter: [{ reference: facts.encounter }] } } : {}),
        content: [
          {
            attachment: { contentType: 'text/plain; charset=utf-8', data: Buffer.from(facts.text).toString('base64') },
          },
        ],
      });
    },
  };
}

function patientBody(patient: PatientFacts): object {
  const race = races[patient.race];
  const ethnicity = ethnicities[patient.ethnicity];
  const core = 'http://hl7.org/fhir/us/core/StructureDefinition';
  return {
    meta: { lastUpdated: '2018-01-01T00:00:00Z', profile: [`${core}/us-core-patient`] },
    extension: [
      {
        url: `${core}/us-core-race`,
        extension: [
          ...(race ? [{ url: 'ombCategory', valueCoding: { system: systems.race, ...race.omb } }] : []),
          ...(race?.detailed ? [{ url: 'detailed', valueCoding: { system: systems.race, ...race.detailed } }] : []),
          { url: 'text', valueString: patient.race },
        ],
      },
      {
        url: `${core}/us-core-ethnicity`,
        extension: [
          ...(ethnicity ? [{ url: 'ombCategory', valueCoding: { system: systems.race, ...ethnicity } }] : []),
          { url: 'text', valueString: patient.ethnicity },
        ],
      },
      { url: `${core}/us-core-birthsex`, valueCode: patient.sex === 'female' ? 'F' : 'M' },
    ],
    identifier: [
      {
        type: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }],
          text: 'Medical record number',
        },
        system: 'urn:oid:2.16.840.1.113883.19.5',
        value: patient.recordNumber,
      },
    ],
    name: [{ use: 'official', family: patient.family, given: [patient.given] }],
    gender: patient.sex,
    birthDate: patient.birthDate,
    ...(patient.deathDate ? { deceasedDateTime: patient.deathDate } : {}),
  };
}

/** Until ICD-10-CM came in, a diagnosis was coded in ICD-9-CM. */
function conditionCodings(facts: ConditionFacts): object[] {
  const icd9 =
    facts.icd9 && facts.date < icd10From ? [{ system: systems.icd9, code: facts.icd9, display: facts.text }] : [];
  const icd10 =
    facts.icd10 && facts.date >= icd10From ? [{ system: systems.icd10, code: facts.icd10, display: facts.text }] : [];
  const snomed = facts.snomed ? [{ system: systems.snomed, code: facts.snomed, display: facts.text }] : [];
  return [...icd9, ...icd10, ...snomed];
}

function inEncounter(facts: Dated): object {
  return facts.encounter ? { encounter: { reference: facts.encounter } } : {};
}

function quantity(facts: DrugFacts): object | undefined {
  return facts.quantity === undefined ? undefined : { value: facts.quantity, unit: facts.unit ?? 'each' };
}

function coded(system: string, code: string): object {
  return { coding: [{ system, code }] };
}

/** FHIR knows no empty list and no null. */
function withoutEmpty(body: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}

/**
 * An institution on disk: `fhir/<Type>.ndjson`, one file a resource type; or `omop/TABLE.csv`, the same as an OMOP CDM; or
 * both. And the compounding pharmacy's own table `pharmacy/compounding.csv`. Everything streams: memory does not grow with the number of patients.
 */
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { type Chart, type Emit, openChart, type PatientFacts } from './chart.ts';
import { type Specialty, specialties, systems } from './codes.ts';
import { type LineWriter, openLines } from './line-writer.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts';
import { alsoInOmop } from './omop/omop-chart.ts';
import { cdmId, type OmopWriter, openOmop } from './omop/omop-writer.ts';
import { idsOf, randomOf } from './random.ts';

/** A line of the compounding pharmacy's file, as the pharmacy writes it: its own patient numbers, its own spelling. */
export interface PharmacyRow {
  readonly rxNumber: string;
  /** `MM/DD/YYYY` */
  readonly fillDate: string;
  readonly pharmacyPatient: string;
  readonly recordNumber: string;
  readonly lastName: string;
  readonly firstName: string;
  /** `MM/DD/YYYY` */
  readonly birthDate: string;
  readonly drug: string;
  readonly form: string;
  readonly route: string;
  readonly quantity: string;
  readonly unit: string;
  readonly sig: string;
  readonly refills: string;
}

const PHARMACY_COLUMNS = {
  rxNumber: 'Rx No',
  fillDate: 'Fill Date',
  pharmacyPatient: 'Pharmacy Patient',
  recordNumber: 'MRN',
  lastName: 'Last Name',
  firstName: 'First Name',
  birthDate: 'DOB',
  drug: 'Drug',
  form: 'Form',
  route: 'Route',
  quantity: 'Qty',
  unit: 'Unit',
  sig: 'Sig',
  refills: 'Refills',
} as const satisfies Readonly<Record<keyof PharmacyRow, string>>;

export interface Institution {
  readonly seed: number;
  /** How many charts were opened. */
  readonly charts: number;
  /** Opens a chart; its name decides its ids. */
  chart(name: string, patient: PatientFacts): Chart;
  pharmacyRow(row: PharmacyRow): void;
  /** Finishes every file; returns the lines of each by its path under the folder. */
  close(): Readonly<Record<string, number>>;
}

const PER_SPECIALTY = 6;

/** How the health record is written: FHIR R4, an OMOP CDM 5.4, or both, which say the same. */
export type RecordFormat = 'fhir' | 'omop' | 'both';

/** Where an institution is written, and how. */
export interface InstitutionOptions {
  readonly out: string;
  readonly seed: number;
  readonly format?: RecordFormat;
}

/** Opens an institution in an empty or new folder and writes its staff. `format` defaults to FHIR. */
export function openInstitution({ out, seed, format = 'fhir' }: InstitutionOptions): Institution {
  const writers = new Map<string, LineWriter>();
  const writer = (path: string): LineWriter => {
    const open = writers.get(path) ?? openLines(join(out, path));
    writers.set(path, open);
    return open;
  };
  const emit: Emit = (resource) => {
    if (format !== 'omop') writer(`fhir/${resource.resourceType}.ndjson`).line(JSON.stringify(resource));
  };
  const omop = format === 'fhir' ? undefined : openOmop(writer);
  const staff = writeStaff(seed, emit, omop);
  const clinician = (specialty: Specialty, patientId: string) => {
    const list = staff[specialty];
    const one = list[Number.parseInt(patientId.slice(0, 6), 16) % list.length];
    if (!one) throw new Error(`no clinician of ${specialty}`);
    return one;
  };
  const pharmacy = writer('pharmacy/compounding.csv');
  pharmacy.line(csvLine(Object.values(PHARMACY_COLUMNS)));
  let charts = 0;
  return {
    seed,
    get charts() {
      return charts;
    },
    chart(name, patient) {
      charts++;
      const chart = openChart({ seed, emit, clinician }, name, patient);
      return omop ? alsoInOmop(chart, omop, clinician) : chart;
    },
    pharmacyRow: (row) =>
      pharmacy.line(csvLine(Object.keys(PHARMACY_COLUMNS).map((column) => row[column as keyof PharmacyRow]))),
    close() {
      for (const open of writers.values()) open.close();
      return Object.fromEntries([...writers].map(([path, { lines }]) => [path, lines]).sort());
    },
  };
}

interface Clinician {
  readonly reference: string;
  readonly display: string;
}

function writeStaff(
  seed: number,
  emit: Emit,
  omop: OmopWriter | undefined,
): Readonly<Record<Specialty, readonly Clinician[]>> {
  const random = randomOf(seed, 'staff');
  const nextId = idsOf(seed, 'staff');
  const meta = { lastUpdated: '2018-01-01T00:00:00Z' };
  const organization = nextId();
  emit({
    resourceType: 'Organization',
    id: organization,
    meta,
    name: 'Synthetic Medical Center',
  } as Parameters<Emit>[0]);
  const one = (specialty: Specialty, number: number): Clinician => {
    const [family, given, id] = [random.pick(FAMILY_NAMES), random.pick(GIVEN_NAMES.female), nextId()];
    const npi = `9999${String(Object.keys(specialties).indexOf(specialty) * PER_SPECIALTY + number).padStart(6, '0')}`;
    emit({
      resourceType: 'Practitioner',
      id,
      meta,
      identifier: [{ system: systems.npi, value: npi }],
      name: [{ family, given: [given], prefix: ['Dr.'] }],
    } as Parameters<Emit>[0]);
    emit({
      resourceType: 'PractitionerRole',
      id: nextId(),
      meta,
      practitioner: { reference: `Practitioner/${id}` },
      organization: { reference: `Organization/${organization}` },
      specialty: [
        { coding: [{ system: systems.nucc, ...specialties[specialty] }], text: specialties[specialty].display },
      ],
    } as Parameters<Emit>[0]);
    const { code, display: name } = specialties[specialty];
    omop?.row('provider', {
      provider_id: cdmId(`Practitioner/${id}`),
      provider_name: `Dr. ${given} ${family}`,
      npi,
      specialty_concept_id: omop.concept({ vocabulary: 'NUCC', code, name, domain: 'Provider' }),
      provider_source_value: npi,
      specialty_source_value: name,
    });
    return { reference: `Practitioner/${id}`, display: `Dr. ${given} ${family}` };
  };
  const all = Object.keys(specialties) as Specialty[];
  return Object.fromEntries(
    all.map((specialty) => [specialty, Array.from({ length: PER_SPECIALTY }, (_, at) => one(specialty, at))]),
  ) as Record<Specialty, Clinician[]>;
}

function csvLine(values: readonly string[]): string {
  return stringify([[...values]], { record_delimiter: '' });
}

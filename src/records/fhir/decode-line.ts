/** One line of an NDJSON file becomes rows, or is counted as unmapped, or is refused with a reason. */
import { type QuarantineReason, Refusal } from '../quarantine-reasons.ts';
import type { DecodedRow } from '../rows.ts';
import { decodeAllergyIntolerance } from './allergy-intolerance.ts';
import { decodeCondition } from './condition.ts';
import { decodeConsent } from './consent.ts';
import { dateAt, millisecondsOf } from './dates.ts';
import { decodeDocumentReference } from './document-reference.ts';
import { type Fhir, isFhir, objectAt } from './elements.ts';
import { decodeEncounter } from './encounter.ts';
import { decodeImmunization } from './immunization.ts';
import { decodeMedication } from './medication.ts';
import { decodeMedicationAdministration } from './medication-administration.ts';
import { decodeMedicationDispense } from './medication-dispense.ts';
import { decodeMedicationRequest } from './medication-request.ts';
import { decodeMedicationStatement } from './medication-statement.ts';
import { decodeObservation } from './observation.ts';
import { decodePatient } from './patient.ts';
import { decodePractitioner } from './practitioner.ts';
import { decodePractitionerRole } from './practitioner-role.ts';
import { decodeProcedure } from './procedure.ts';
import { resourceTypes } from './resource-types.ts';

/**
 * The rows of one resource, whose name (`Condition/1`) is given; `undefined` where nothing of it is mapped.
 * Throws {@link Refusal}.
 */
type Decoder = (resource: Fhir, name: string) => readonly DecodedRow[] | undefined;

const decoders: Readonly<Record<string, Decoder>> = {
  AllergyIntolerance: decodeAllergyIntolerance,
  Condition: decodeCondition,
  Consent: decodeConsent,
  DocumentReference: decodeDocumentReference,
  Encounter: decodeEncounter,
  Immunization: decodeImmunization,
  Medication: decodeMedication,
  MedicationAdministration: decodeMedicationAdministration,
  MedicationDispense: decodeMedicationDispense,
  MedicationRequest: decodeMedicationRequest,
  MedicationStatement: decodeMedicationStatement,
  Observation: decodeObservation,
  Patient: decodePatient,
  Practitioner: decodePractitioner,
  PractitionerRole: decodePractitionerRole,
  Procedure: decodeProcedure,
};

/** What a line is. `type` is the resource type, or `(none)`; `updated` is `meta.lastUpdated`. */
export type DecodedLine =
  | {
      readonly kind: 'rows';
      readonly type: string;
      readonly name: string;
      readonly updated: string | null;
      readonly updatedMs: number | undefined;
      readonly rows: readonly DecodedRow[];
    }
  | { readonly kind: 'unmapped'; readonly type: string }
  | {
      readonly kind: 'refused';
      readonly type: string;
      readonly id: string | undefined;
      readonly reason: QuarantineReason;
      readonly element: string | undefined;
    };

const NO_TYPE = '(none)';
const ID = /^[A-Za-z0-9._-]{1,128}$/;

/** Decodes a line. Never throws for what is in it. */
export function decodeLine(text: string): DecodedLine {
  let resource: unknown;
  try {
    resource = JSON.parse(text);
  } catch {
    return refused(/\}\s*$/.test(text) ? 'json.invalid' : 'json.truncated');
  }
  return decodeResource(resource);
}

/** Decodes a resource that was read already. Never throws for what is in it. */
export function decodeResource(resource: unknown): DecodedLine {
  if (!isFhir(resource) || typeof resource.resourceType !== 'string') return refused('fhir.not-a-resource');
  const type = resource.resourceType;
  if (!resourceTypes.has(type)) return refused('fhir.unknown-type');
  const decode = Object.hasOwn(decoders, type) ? decoders[type] : undefined;
  if (!decode) return { kind: 'unmapped', type };
  const { id } = resource;
  if (typeof id !== 'string' || !ID.test(id)) return refused('fhir.bad-id', type);
  const name = `${type}/${id}`;
  try {
    const meta = objectAt(resource, 'meta');
    const updated = dateAt(meta, 'lastUpdated').source;
    const updatedMs = millisecondsOf(meta, 'lastUpdated');
    const rows = decode(resource, name);
    return rows === undefined ? { kind: 'unmapped', type } : { kind: 'rows', type, name, updated, updatedMs, rows };
  } catch (error) {
    if (error instanceof Refusal) return refused(error.reason, type, id, error.element);
    throw error;
  }
}

function refused(reason: QuarantineReason, type = NO_TYPE, id?: string, element?: string): DecodedLine {
  return { kind: 'refused', type, id, reason, element };
}

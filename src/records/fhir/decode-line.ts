/** One line of an NDJSON file becomes rows, or is counted as unmapped, or is refused with a reason. */
import { type QuarantineReason, Refusal } from '../quarantine-reasons.ts';
import type { DecodedRow } from '../rows.ts';
import { decodeAllergyIntolerance } from './allergy-intolerance.ts';
import type { DocumentOrigin } from './attachments.ts';
import { decodeLocation, decodeOrganization } from './care-site.ts';
import { decodeCondition } from './condition.ts';
import { decodeConsent } from './consent.ts';
import { dateAt, millisecondsOf } from './dates.ts';
import { decodeDiagnosticReport } from './diagnostic-report.ts';
import { decodeDocumentReference } from './document-reference.ts';
import { type Fhir, isFhir, objectAt } from './elements.ts';
import { decodeEncounter } from './encounter.ts';
import { decodeImmunization } from './immunization.ts';
import { decodeMedia } from './media.ts';
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
 * The rows of one resource, whose name (`Condition/1`) is given; `undefined` where nothing of it is mapped. Promised only
 * where a document must be read. Throws, or rejects with, {@link Refusal}.
 */
type Decoder = (
  resource: Fhir,
  name: string,
  origin: DocumentOrigin,
) => readonly DecodedRow[] | undefined | Promise<readonly DecodedRow[]>;

const decoders: Readonly<Record<string, Decoder>> = {
  AllergyIntolerance: decodeAllergyIntolerance,
  Condition: decodeCondition,
  Consent: decodeConsent,
  DiagnosticReport: decodeDiagnosticReport,
  DocumentReference: decodeDocumentReference,
  Encounter: decodeEncounter,
  Immunization: decodeImmunization,
  Location: decodeLocation,
  Media: decodeMedia,
  Medication: decodeMedication,
  MedicationAdministration: decodeMedicationAdministration,
  MedicationDispense: decodeMedicationDispense,
  MedicationRequest: decodeMedicationRequest,
  MedicationStatement: decodeMedicationStatement,
  Observation: decodeObservation,
  Organization: decodeOrganization,
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

/** Decodes a line; promised only where a document must be read. Never throws for what is in it. */
export function decodeLine(text: string, origin: DocumentOrigin): DecodedLine | Promise<DecodedLine> {
  let resource: unknown;
  try {
    resource = JSON.parse(text);
  } catch {
    return refused(/^\s*\{/.test(text) && !/\}\s*$/.test(text) ? 'json.truncated' : 'json.invalid');
  }
  return decodeResource(resource, origin);
}

/** Decodes a resource, such as an entry of a Bundle. References are followed by their text alone: `Patient/1`. */
export function decodeResource(resource: unknown, origin: DocumentOrigin): DecodedLine | Promise<DecodedLine> {
  if (!isFhir(resource) || typeof resource.resourceType !== 'string') return refused('fhir.not-a-resource');
  const type = resource.resourceType;
  if (!resourceTypes.has(type)) return refused('fhir.unknown-type');
  const decode = Object.hasOwn(decoders, type) ? decoders[type] : undefined;
  if (!decode) return { kind: 'unmapped', type };
  const { id } = resource;
  if (typeof id !== 'string' || !ID.test(id)) return refused('fhir.bad-id', type);
  const name = `${type}/${id}`;
  try {
    const { source } = dateAt(objectAt(resource, 'meta'), 'lastUpdated');
    const updatedMs = source === null ? undefined : millisecondsOf(source);
    const line = { kind: 'rows', type, name, updated: source, updatedMs } as const;
    const rows = decode(resource, name, origin);
    if (rows === undefined) return { kind: 'unmapped', type };
    if (!(rows instanceof Promise)) return { ...line, rows };
    return rows.then(
      (read) => ({ ...line, rows: read }),
      (error) => refusedFor(error, type, id),
    );
  } catch (error) {
    return refusedFor(error, type, id);
  }
}

function refusedFor(error: unknown, type: string, id: string): DecodedLine {
  if (error instanceof Refusal) return refused(error.reason, type, id, error.element);
  throw error;
}

function refused(reason: QuarantineReason, type = NO_TYPE, id?: string, element?: string): DecodedLine {
  return { kind: 'refused', type, id, reason, element };
}

/**
 * Following references by their text alone. `Patient/1`, `https://server/fhir/Patient/1`, `Patient/1/_history/2` and
 * `urn:uuid:1` all name `Patient/1`. A search (`Practitioner?identifier=system|value`) and an identifier without a
 * reference name themselves; what they mean is found out when all is read.
 */
import { rowId } from '../../base/index.ts';
import { Refusal } from '../quarantine-reasons.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';

const NAME = /^[A-Z][A-Za-z]+\/[A-Za-z0-9._-]{1,128}$/;
const RELATIVE = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9._-]{1,128})(?:\/_history\/[^/]+)?$/;
/** The last part of a `urn:uuid:` or `urn:oid:`. */
export const URN = /^urn:(?:uuid|oid):([A-Za-z0-9.-]+)$/;
const SEARCH = /(?:^|\/)([A-Z][A-Za-z]+\?identifier=.+)$/;

/**
 * The name of the resource at the reference, `undefined` where there is none or its form is not known. `type` is what a
 * `urn:uuid:` stands for.
 */
export function referredName(reference: Fhir | undefined, type: string): string | undefined {
  const text = textAt(reference, 'reference');
  if (text !== undefined) {
    if (NAME.test(text)) return text;
    const urn = URN.exec(text);
    if (urn) return `${textAt(reference, 'type') ?? type}/${urn[1]}`;
    const relative = RELATIVE.exec(text);
    if (relative) return `${relative[1]}/${relative[2]}`;
    return SEARCH.exec(text)?.[1];
  }
  const identifier = objectAt(reference, 'identifier');
  const value = textAt(identifier, 'value');
  if (value === undefined) return undefined;
  return `${textAt(reference, 'type') ?? type}?identifier=${textAt(identifier, 'system') ?? ''}|${value}`;
}

/** The person whom the resource is about. Refused where that is not said, or not in a form that can be followed. */
export function personAt(resource: Fhir, name: 'subject' | 'patient'): string {
  const reference = objectAt(resource, name);
  if (reference === undefined) throw new Refusal('fhir.no-subject', name);
  const patient = referredName(reference, 'Patient');
  if (patient?.startsWith('Patient/') !== true) throw new Refusal('fhir.unknown-reference', name);
  return idOf(patient);
}

/** The visit that the reference at `name` names. */
export function visitAt(parent: Fhir | undefined, name: string): string | null {
  return visitOf(objectAt(parent, name));
}

export function visitOf(reference: Fhir | undefined): string | null {
  const visit = referredName(reference, 'Encounter');
  return visit?.startsWith('Encounter/') ? idOf(visit) : null;
}

/** The first practitioner, or role of one, among references. */
export function providerOf(references: readonly (Fhir | undefined)[]): string | null {
  for (const reference of references) {
    const provider = referredName(reference, 'Practitioner');
    if (provider?.startsWith('Practitioner')) return idOf(provider);
  }
  return null;
}

/** The resource inside of this one that a `#id` reference names. */
export function containedAt(resource: Fhir, reference: Fhir | undefined): Fhir | undefined {
  const text = textAt(reference, 'reference');
  if (!text?.startsWith('#')) return undefined;
  return listAt(resource, 'contained').find((inner) => inner.id === text.slice(1));
}

/**
 * `rowId`, remembered for a while: the lines of a file name the same few patients and visits again and again. Each name
 * has one place, by its last letters; the name that came last stands there.
 */
export function idOf(name: string): string {
  const place = placeOf(name);
  if (names[place] === name) return ids[place] ?? rowId(name);
  const id = rowId(name);
  [names[place], ids[place]] = [name, id];
  return id;
}

const PLACES = 1 << 16;
const names = Array.from({ length: PLACES }, () => '');
const ids = Array.from({ length: PLACES }, () => '');

function placeOf(name: string): number {
  let place = name.length;
  for (let at = Math.max(0, name.length - LETTERS); at < name.length; at++)
    place = (place * 31 + name.charCodeAt(at)) | 0;
  return place & (PLACES - 1);
}

const LETTERS = 6;

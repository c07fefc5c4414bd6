import { type DecodedRow, row } from '../rows.ts';
import { dateAt } from './dates.ts';
import { booleanAt, type Fhir, listAt, objectAt, textAt, textsAt } from './elements.ts';
import { idOf } from './references.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core';

/**
 * Patient: the research row of the person, and apart from it the names and numbers, one row for each pair of them. One that
 * another has replaced gives no rows (R47 of SPEC.md).
 */
export function decodePatient(patient: Fhir, name: string): DecodedRow[] {
  const person_id = idOf(name);
  if (isReplaced(patient)) return [];
  const birth = dateAt(patient, 'birthDate');
  const dead = booleanAt(patient, 'deceasedBoolean') === true;
  const death = dateAt(patient, 'deceasedDateTime');
  const person = row('person', {
    person_id,
    sex: textAt(patient, 'gender') ?? null,
    birth_date: birth.day,
    birth_date_source: birth.source,
    death_date: death.day,
    // Died, and nobody wrote when: `unknown` stands where else a date does.
    death_date_source: death.source ?? (dead ? 'unknown' : null),
    race_source_value: extensionText(patient, `${US_CORE}-race`),
    ethnicity_source_value: extensionText(patient, `${US_CORE}-ethnicity`),
    person_source_value: name,
  });
  const identities = recordNumbers(patient).flatMap((record_number) =>
    namesOf(patient).map((names) =>
      row('person_identity', { person_id, record_number, ...names, birth_date_source: birth.source }),
    ),
  );
  return [person, ...identities];
}

/** Two records of one person were joined, and this is the one that must no longer be used. */
function isReplaced(patient: Fhir): boolean {
  return listAt(patient, 'link').some((link) => textAt(link, 'type') === 'replaced-by');
}

/** US Core race and ethnicity: the text, else the categories in their order. */
function extensionText(patient: Fhir, url: string): string | null {
  const extension = listAt(patient, 'extension').find((candidate) => candidate.url === url);
  const inner = listAt(extension, 'extension');
  const text = inner.map((part) => (part.url === 'text' ? textAt(part, 'valueString') : undefined)).find(Boolean);
  if (text !== undefined) return text;
  const categories = inner.flatMap((part) => {
    const coding = part.url === 'text' ? undefined : objectAt(part, 'valueCoding');
    return textAt(coding, 'display') ?? textAt(coding, 'code') ?? [];
  });
  return categories.length > 0 ? categories.join(', ') : null;
}

/** The medical record numbers: identifiers of type MR (HL7 table 0203). */
function recordNumbers(patient: Fhir): readonly (string | null)[] {
  const numbers = listAt(patient, 'identifier').flatMap((identifier) => {
    const codings = listAt(objectAt(identifier, 'type'), 'coding');
    const value = codings.some((coding) => coding.code === 'MR') ? textAt(identifier, 'value') : undefined;
    return value ?? [];
  });
  return numbers.length > 0 ? [...new Set(numbers)] : [null];
}

function namesOf(
  patient: Fhir,
): readonly { readonly family_name: string | null; readonly given_name: string | null }[] {
  const names = listAt(patient, 'name').map((name) => ({
    family_name: textAt(name, 'family') ?? null,
    given_name: textsAt(name, 'given').join(' ') || null,
  }));
  const distinct = new Map(names.map((name) => [`${name.family_name}\n${name.given_name}`, name]));
  return distinct.size > 0 ? [...distinct.values()] : [{ family_name: null, given_name: null }];
}

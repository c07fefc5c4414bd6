/** A resource of each type that is mapped, with every element that a decoder reads, for tests that change them. */

type Json = unknown;
type Place = readonly (string | number)[];

const subject = { reference: 'Patient/1', identifier: { system: 'urn:x', value: '1' } };
const encounter = { reference: 'Encounter/1' };
const concept = { text: 'words', coding: [{ system: 'http://loinc.org', code: '1', display: 'one' }] };
const period = { start: '2012-03', end: '2013' };
const quantity = { value: 1, unit: 'mg', code: 'mg', comparator: '<' };
const range = { low: quantity, high: quantity };
const actor = { reference: 'Practitioner/1' };
const dosage = {
  text: 'twice',
  patientInstruction: 'with water',
  route: concept,
  asNeededBoolean: false,
  timing: {
    code: concept,
    repeat: {
      frequency: 2,
      frequencyMax: 3,
      period: 1,
      periodMax: 2,
      periodUnit: 'd',
      dayOfWeek: ['mon'],
      when: ['HS'],
    },
  },
  doseAndRate: [{ doseRange: range }, { doseQuantity: quantity }],
};
const drug = { subject, medicationReference: { reference: '#m' }, status: 'active' };
const attachment = { contentType: 'text/html; charset=utf-8', data: 'PHA+YQ==', title: 'a', creation: '2012' };
const provision = { type: 'permit', period, purpose: [{ code: 'HRESCH' }] };
const extension = { url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race' };

const bodies: Readonly<Record<string, object>> = {
  AllergyIntolerance: {
    patient: subject,
    encounter,
    code: concept,
    clinicalStatus: concept,
    verificationStatus: concept,
    onsetPeriod: period,
    reaction: [{ substance: concept, manifestation: [concept] }],
  },
  Condition: {
    subject,
    encounter,
    code: concept,
    clinicalStatus: concept,
    verificationStatus: concept,
    onsetPeriod: period,
    abatementDateTime: '2012',
    asserter: actor,
  },
  Consent: {
    patient: subject,
    scope: concept,
    category: [concept],
    provision: { ...provision, provision: [provision] },
  },
  DiagnosticReport: {
    subject,
    encounter,
    code: concept,
    presentedForm: [attachment],
    conclusion: 'x',
    performer: [actor],
  },
  DocumentReference: {
    subject,
    type: concept,
    author: [actor],
    content: [{ attachment }, { attachment: { ...attachment, contentType: 'text/plain' } }],
    context: { encounter: [encounter], period, practiceSetting: concept },
  },
  Encounter: {
    subject,
    type: [concept],
    class: { code: 'AMB' },
    period,
    status: 'finished',
    participant: [{ individual: actor }],
    location: [{ status: 'planned', location: { reference: 'Location/1' } }],
    serviceProvider: { reference: 'Organization/1' },
  },
  Immunization: {
    patient: subject,
    vaccineCode: concept,
    doseQuantity: quantity,
    performer: [{ actor }],
    route: concept,
  },
  Location: { name: 'Ward', type: [concept], physicalType: concept, identifier: [{ system: 'urn:x', value: '1' }] },
  Media: {
    subject,
    encounter,
    type: concept,
    view: concept,
    bodySite: concept,
    operator: actor,
    content: { contentType: 'image/jpeg', url: 'a.jpg' },
    createdPeriod: period,
  },
  Medication: { code: concept, form: concept },
  MedicationAdministration: {
    ...drug,
    context: encounter,
    dosage: { ...dosage, dose: quantity },
    effectivePeriod: period,
    performer: [{ actor }],
  },
  MedicationDispense: {
    ...drug,
    context: encounter,
    dosageInstruction: [dosage],
    quantity,
    daysSupply: quantity,
    whenHandedOver: '2012',
  },
  MedicationRequest: {
    ...drug,
    encounter,
    contained: [{ resourceType: 'Medication', id: 'm', code: concept, form: concept }],
    doNotPerform: false,
    dosageInstruction: [dosage, dosage],
    requester: actor,
    dispenseRequest: { validityPeriod: period, quantity, numberOfRepeatsAllowed: 1, expectedSupplyDuration: quantity },
  },
  MedicationStatement: {
    ...drug,
    context: encounter,
    dosage: [dosage],
    effectivePeriod: period,
    informationSource: actor,
  },
  Observation: {
    subject,
    encounter,
    code: concept,
    category: [concept],
    valueQuantity: quantity,
    referenceRange: [
      { ...range, type: concept },
      { ...range, appliesTo: [concept], text: 'usual' },
    ],
    component: [
      { code: concept, valueRange: range },
      { code: concept, valueRatio: { numerator: quantity } },
    ],
  },
  Organization: { name: 'Clinic', type: [concept], identifier: [{ system: 'urn:x', value: '1' }] },
  Patient: {
    gender: 'female',
    birthDate: '1970-01',
    deceasedBoolean: false,
    name: [{ family: 'A', given: ['B', 'C'] }],
    identifier: [{ type: { coding: [{ code: 'MR' }] }, value: '1' }],
    link: [{ type: 'seealso' }],
    extension: [{ ...extension, extension: [{ url: 'text', valueString: 'x' }, { valueCoding: { code: '1' } }] }],
  },
  Practitioner: { identifier: [{ system: 'urn:x', value: '1' }] },
  PractitionerRole: { practitioner: actor, specialty: [concept] },
  Procedure: {
    subject,
    encounter,
    code: concept,
    performedPeriod: period,
    performer: [{ actor }],
    status: 'completed',
  },
};

/** The resources. */
export const resources = Object.entries(bodies).map(([resourceType, body]) => ({
  resourceType,
  id: '1',
  meta: { lastUpdated: '2012-03-05T10:00:00Z' },
  ...body,
}));

/** Every place in a value, each as the way to it. */
export function placesOf(value: Json): Place[] {
  if (value === null || typeof value !== 'object') return [[]];
  const steps = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[], ...steps.flatMap(([step, inner]) => placesOf(inner).map((place) => [step, ...place]))];
}

/** The value with another one at a place. */
export function replaced(value: Json, [step, ...rest]: Place, by: Json): Json {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, at) => (at === step ? replaced(item, rest, by) : item));
  return { ...(value as object), [step]: replaced((value as Readonly<Record<string, Json>>)[step], rest, by) };
}

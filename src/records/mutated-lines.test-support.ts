/** Lines of FHIR that something has happened to: cut off, of wrong types, too long, too deep, not UTF-8, dated oddly. */
import fc from 'fast-check';

const patient = { reference: 'Patient/1' };
const concept = {
  coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M10.9', display: 'Gout' }],
  text: 'Gout',
};
const dosage = [{ text: 'daily', route: concept, timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } } }];
const meta = { lastUpdated: '2015-02-03T04:05:06Z' };
const text = (said: string) => Buffer.from(said).toString('base64');

/** A sound resource of each type that is mapped, and one that is not. */
const resources: readonly object[] = [
  {
    resourceType: 'Patient',
    birthDate: '1950-02-03',
    gender: 'female',
    name: [{ family: 'A', given: ['B'] }],
    identifier: [{ value: '1' }],
  },
  {
    resourceType: 'Encounter',
    subject: patient,
    class: { code: 'AMB' },
    period: { start: '2015-01-01', end: '2015-01-02' },
  },
  { resourceType: 'Condition', subject: patient, code: concept, onsetDateTime: '2014-03', clinicalStatus: concept },
  {
    resourceType: 'MedicationRequest',
    subject: patient,
    medicationCodeableConcept: concept,
    authoredOn: '2015',
    dosageInstruction: dosage,
  },
  {
    resourceType: 'MedicationDispense',
    subject: patient,
    medicationReference: { reference: 'Medication/1' },
    whenHandedOver: '2015-05-05',
    quantity: { value: 3 },
  },
  {
    resourceType: 'MedicationAdministration',
    subject: patient,
    medicationCodeableConcept: concept,
    effectiveDateTime: '2015-01-01T00:00:00Z',
    dosage: dosage[0],
  },
  {
    resourceType: 'MedicationStatement',
    subject: patient,
    medicationCodeableConcept: concept,
    effectivePeriod: { start: '2011', end: '2012' },
    dosage,
  },
  { resourceType: 'Medication', code: concept, form: concept },
  { resourceType: 'Procedure', subject: patient, code: concept, performedPeriod: { start: '2012-01-01' } },
  {
    resourceType: 'Observation',
    subject: patient,
    code: concept,
    valueQuantity: { value: 1.5, unit: 'mg' },
    component: [{ code: concept, valueString: 'x' }],
  },
  {
    resourceType: 'DiagnosticReport',
    subject: patient,
    code: concept,
    conclusion: 'No tophus.',
    effectiveDateTime: '2015-01-01',
  },
  { resourceType: 'AllergyIntolerance', patient, code: concept, reaction: [{ manifestation: [concept] }] },
  { resourceType: 'Immunization', patient, vaccineCode: concept, occurrenceDateTime: '2015-01-01' },
  {
    resourceType: 'Consent',
    patient,
    scope: { coding: [{ code: 'research' }] },
    provision: { type: 'permit' },
    dateTime: '2012',
  },
  {
    resourceType: 'DocumentReference',
    subject: patient,
    type: concept,
    content: [{ attachment: { contentType: 'text/plain', data: text('Gout.') } }],
  },
  {
    resourceType: 'DocumentReference',
    subject: patient,
    type: concept,
    content: [{ attachment: { contentType: 'text/html', data: text('<p>Gout</p>') } }],
  },
  {
    resourceType: 'Media',
    subject: patient,
    content: { contentType: 'image/jpeg', url: 'a.jpg' },
    createdDateTime: '2015',
  },
  { resourceType: 'Practitioner', identifier: [{ system: 'x', value: '1' }] },
  { resourceType: 'PractitionerRole', practitioner: { reference: 'Practitioner/1' }, specialty: [concept] },
  { resourceType: 'Organization', name: 'O', type: [concept] },
  { resourceType: 'Location', name: 'L', type: [concept] },
  { resourceType: 'Device', patient },
  { resourceType: 'Bundle', entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Patient' } }, {}] },
];

const LONG = 'x'.repeat(300_000);
const DEEP = 20_000;
const oddities = fc.oneof(
  { weight: 10, arbitrary: fc.jsonValue() },
  {
    weight: 5,
    arbitrary: fc.constantFrom<unknown>(null, '', 0, -1, 1e308, 1e19, true, [], {}, [null], [[]], {
      coding: 1,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      '2015-13',
      '2015-02-30',
      '0000',
      '99999-01-01',
      '2015-01-01T25:00:00Z',
      '01/02/2015',
      '2015-1-1',
      'unknown',
      '\0',
      '\uD800',
    ),
  },
  { weight: 1, arbitrary: fc.constant(LONG) },
);

/** Puts `oddity` at one of the elements of the value, which one `pick` says. */
function withOddity(value: unknown, pick: number, oddity: unknown): unknown {
  const places = placesIn(value, []);
  const place = places[pick % places.length] ?? [];
  return replaced(value, place, oddity);
}

type Path = readonly (string | number)[];

function placesIn(value: unknown, path: Path): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    placesIn(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function replaced(value: unknown, [key, ...rest]: Path, oddity: unknown): unknown {
  if (key === undefined) return oddity;
  if (Array.isArray(value)) return value.map((item, at) => (at === key ? replaced(item, rest, oddity) : item));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[String(key)], rest, oddity) };
}

const sound = fc
  .tuple(fc.constantFrom(...resources), fc.integer({ min: 1, max: 40 }), fc.boolean())
  .map(([resource, id, dated]) => ({ ...resource, id: String(id), ...(dated ? { meta } : {}) }));

/** One line, without its line end, as bytes; never blank. */
export const mutatedLine: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 3, arbitrary: sound.map((resource) => Buffer.from(JSON.stringify(resource))) },
  {
    weight: 10,
    arbitrary: fc
      .tuple(sound, fc.nat(), oddities)
      .map(([resource, pick, oddity]) => Buffer.from(JSON.stringify(withOddity(resource, pick, oddity)))),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(sound, fc.nat()).map(([resource, cut]) => {
      const line = Buffer.from(JSON.stringify(resource));
      return line.subarray(0, 1 + (cut % line.length));
    }),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(sound, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([resource, at, bytes]) => {
      const line = Buffer.from(JSON.stringify(resource));
      const place = at % line.length;
      const inserted = bytes.map((byte) => (byte === 10 || byte === 13 ? 255 : byte));
      return Buffer.concat([line.subarray(0, place), inserted, line.subarray(place)]);
    }),
  },
  {
    weight: 1,
    arbitrary: sound.map((resource) =>
      Buffer.from(`{"a":${'['.repeat(DEEP)}${JSON.stringify(resource)}${']'.repeat(DEEP)}}`),
    ),
  },
  {
    weight: 1,
    arbitrary: sound.map((resource) =>
      Buffer.from(JSON.stringify({ ...resource, code: { text: 'y', extension: nested(DEEP / 10) } })),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'binary', minLength: 1 })
      .map((said) => Buffer.from(`x${said.replace(/[\r\n]/g, ' ')}`)),
  },
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let at = 0; at < depth; at++) value = [value];
  return value;
}

/** A psoriasis study whose first subject has a chart to read: copied, hostile and undated notes, many measurements, a drug. */
import { psoriasisProtocol } from '../../review/psoriasis-protocol.test-support.ts';
import type { PsoriasisOptions } from '../../review/psoriasis-study.test-support.ts';

const of = (id: string) => ({ reference: `Patient/${id}` });

function note(id: string, patient: string, date: string | undefined, text: string, specialty?: string): object {
  return {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    subject: of(patient),
    type: { text: 'Progress note' },
    ...(date === undefined ? {} : { date }),
    ...(specialty === undefined ? {} : { context: { practiceSetting: { text: specialty } } }),
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
  };
}

/** Long enough to be known again in a later note. */
export const copied =
  'Thick scaly plaques on both elbows, knees and the lower back, itching at night and worse in winter despite emollients and tar.';

/** Text that is code elsewhere; the emoji is two UTF-16 units. */
export const hostile = '😀 <script>alert(1)</script> {{7*7}} =HYPERLINK("x") <b>plaques</b>';

const weights = Array.from({ length: 400 }, (_, at) => ({
  resourceType: 'Observation',
  id: `w${at}`,
  status: 'final',
  category: [{ coding: [{ code: 'vital-signs' }] }],
  subject: of('1'),
  code: { text: 'Weight' },
  effectiveDateTime: at < 200 ? '2015-03' : '2016-06-01',
  valueQuantity: { value: 70, unit: 'kg' },
}));

const resources: readonly object[] = [
  note('10', '1', '2015-03-10T08:00:00Z', `${copied}\n\nNo nail pitting. Joints: denies joint pain.`, 'Dermatology'),
  note('11', '1', '2016-05-01T08:00:00Z', `${copied}\n\nPsoriasis is better. Family History: Mother has psoriasis.`),
  note('12', '1', '2017-01-01T08:00:00Z', hostile),
  note('13', '1', undefined, 'Plaques, undated.'),
  ...weights,
  {
    resourceType: 'MedicationRequest',
    id: '1',
    status: 'completed',
    intent: 'order',
    subject: of('1'),
    medicationCodeableConcept: { text: 'Methotrexate 15 mg' },
    authoredOn: '2015-04',
    dispenseRequest: { expectedSupplyDuration: { value: 30, code: 'd' } },
  },
];

const protocol = psoriasisProtocol
  .replace(
    /^ {2}psoriasis: .*$/m,
    `  psoriasis: { label: Psoriasis, codes: [{ system: ICD10CM, code: "L40" }], terms: [{ text: psoriasis }] }
  plaques: { label: Plaques, terms: [{ text: plaques }, { text: nail pitting }, { text: joint pain }] }
  methotrexate: { label: Methotrexate, drugs: { names: [methotrexate] } }`,
  )
  .replace(/^arms:$/m, 'index: { label: First code, events: [{ condition: psoriasis }] }\narms:')
  .replace(
    '        required: false\n        evidence: optional\n',
    '        required: false\n        evidence: optional\n        terms: plaques\n',
  )
  .concat('treatments:\n  mtx: { label: Methotrexate, concept: methotrexate }\n');

/** What makes this study of the psoriasis study. */
export const chartStudy: PsoriasisOptions = { protocol, resources };

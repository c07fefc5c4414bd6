/** Counts the paper's figures straight from the facts of the cases: plain code, apart from the product that is to find the same. */
import { monthsBetween, type PartialDate } from '../../src/base/index.ts';
import { ageOn } from '../institution/index.ts';
import { type Cases, type IncludedCase, isMissing } from './cases.ts';

export type Category = 'CR' | 'PR' | 'NR' | 'UR';
export const categories: readonly Category[] = ['CR', 'PR', 'NR', 'UR'];

/** The response by the paper's definitions: of several lesions the best one counts. */
export function categoryOf(one: IncludedCase): Category {
  const byLesion = Map.groupBy(one.assessments, (assessment) => assessment.lesion);
  const each = [...byLesion.values()].map((rows) => lesionCategory(rows.map((row) => row.status)));
  return categories.find((category) => each.includes(category)) ?? 'UR';
}

function lesionCategory(statuses: readonly string[]): Category {
  const said = statuses.filter((status) => status !== 'not_evaluable');
  if (said.length === 0) return 'UR';
  if (said.includes('resolved') && !said.includes('recurred')) return 'CR';
  return said.some((status) => ['resolved', 'improved', 'recurred'].includes(status)) ? 'PR' : 'NR';
}

/** Months from the start to a later day. */
export function months(one: IncludedCase, day: string): number {
  return monthsBetween(one.treatment.start_date as PartialDate, day as PartialDate).min;
}

/** Months to the first assessment at which a lesion was better. */
export function monthsToResponse(one: IncludedCase): number {
  const better = one.assessments.filter((row) => row.status === 'improved' || row.status === 'resolved');
  return months(one, better.map((row) => row.date).sort()[0] ?? '');
}

type Test = (one: IncludedCase) => boolean;

const holds = (fact: readonly string[] | object, code: string): boolean => Array.isArray(fact) && fact.includes(code);
const race =
  (name: string): Test =>
  (one) =>
    one.person.race === name;
const frequency =
  (code: string): Test =>
  (one) =>
    one.treatment.frequency === code;
const onlySite =
  (code: string): Test =>
  (one) =>
    one.baseline.sites.length === 1 && one.baseline.sites[0] === code;
const ulceration =
  (yes: boolean): Test =>
  (one) =>
    one.baseline.ulceration === yes;
const diagnosedBy =
  (code: string): Test =>
  (one) =>
    one.baseline.diagnosed_by === code;
const evaluatedBy =
  (code: string): Test =>
  (one) =>
    one.treatment.evaluated_by === code;
const diagnosedHow =
  (code: string): Test =>
  (one) =>
    one.baseline.diagnosed_how === code;
const determinedBy =
  (code: string): Test =>
  (one) =>
    one.treatment.determined_by === code;
const concurrent =
  (code: string): Test =>
  (one) =>
    holds(one.treatment.concurrent, code);
const prior =
  (...codes: readonly string[]): Test =>
  (one) =>
    codes.some((code) => one.baseline.prior_treatments.includes(code));

/** The rows of Table 2 by `group/row`, as they are printed. */
export const table2: Readonly<Record<string, Test>> = {
  'Overall/Overall': () => true,
  'Race/White': race('White'),
  'Race/African American': race('African American'),
  'Race/Middle Eastern': race('Middle Eastern'),
  'Race/American Indian': race('American Indian'),
  'Frequency of application/Twice daily': frequency('twice'),
  'Frequency of application/Three times daily': frequency('three_times'),
  'Anatomical sites of involvement/Hands/feet': onlySite('hands_feet'),
  'Anatomical sites of involvement/Extremity': onlySite('extremity'),
  'Anatomical sites of involvement/Trunk': onlySite('trunk'),
  'Anatomical sites of involvement/Multiple sites': (one) => one.baseline.sites.length > 1,
  'Ulceration of CC/Yes': ulceration(true),
  'Ulceration of CC/No': ulceration(false),
  'Initial provider(s) who diagnosed CC/Dermatologist': diagnosedBy('dermatologist'),
  'Initial provider(s) who diagnosed CC/Other specialist': diagnosedBy('other'),
  'Initial provider(s) who diagnosed CC/Both': diagnosedBy('both'),
  'Provider who evaluated patient response to TST/Dermatologist': evaluatedBy('dermatologist'),
  'Provider who evaluated patient response to TST/Other specialist': evaluatedBy('other'),
  'Method of CC diagnosis/Biopsy': diagnosedHow('biopsy'),
  'Method of CC diagnosis/Imaging': diagnosedHow('imaging'),
  'Method of CC diagnosis/Biopsy and imaging': diagnosedHow('both'),
  'Clinical response determined by/Patient report': determinedBy('patient_report'),
  'Clinical response determined by/Both patient report and provider assessment': determinedBy('both'),
  'Clinical response determined by/NA': (one) => isMissing(one.treatment.determined_by),
  'Change in ACTD regimen within 3 months of, or during, TST/Yes': (one) => one.treatment.regimen_change,
  'Concurrent use of other treatments during TST/Medication(s) reported to improve CC': concurrent('medication'),
  'Concurrent use of other treatments during TST/Wound care dressings': concurrent('dressings'),
  'Concurrent use of other treatments during TST/None': concurrent('none'),
  'Treatments for CC before TST/Prior surgical resection': prior('surgery'),
  'Treatments for CC before TST/Prior intralesional or IV sodium thiosulfate': prior(
    'intralesional_thiosulfate',
    'intravenous_thiosulfate',
  ),
  'Treatments for CC before TST/Prior medications': prior('medication'),
};

const disease =
  (actd: string, subtype?: string): Test =>
  (one) =>
    one.baseline.actd === actd && (subtype === undefined || one.baseline.actd_subtype === subtype);

/** The rows of Table 3 by name; a part of a row by `row/part`. */
export const table3: Readonly<Record<string, Test>> = {
  'Dermatomyositis, juvenile': disease('dermatomyositis', 'juvenile'),
  'SS with cutaneous scleroderma': disease('systemic_sclerosis'),
  'SS with cutaneous scleroderma/Diffuse': disease('systemic_sclerosis', 'diffuse'),
  'SS with cutaneous scleroderma/Limited': disease('systemic_sclerosis', 'limited'),
  'Overlap CTD': disease('overlap'),
  'Undifferentiated CTD': disease('undifferentiated'),
  'Lupus erythematosus': disease('lupus'),
  'Lupus erythematosus/Systemic': disease('lupus', 'systemic'),
  'Lupus erythematosus/Cutaneous': disease('lupus', 'cutaneous'),
  'Rheumatoid arthritis': disease('rheumatoid_arthritis'),
  'Rheumatoid arthritis/Classic': disease('rheumatoid_arthritis', 'classic'),
  'Rheumatoid arthritis/Juvenile': disease('rheumatoid_arthritis', 'juvenile'),
};

/** The values behind the rows of Table 1, by name. */
export function table1(included: Cases['included']): Readonly<Record<string, readonly number[]>> {
  return {
    'Age at diagnosis of ACTD': included.map((one) => one.baseline.actd_age),
    'Age at initiation of TST': included.map((one) => ageOn(one.person.birth, one.treatment.start_date)),
    'Duration of treatment at initial follow-up': included.map((one) => months(one, one.treatment.first_follow_up)),
    'Number of TST prescriptions': included.flatMap(({ treatment }) =>
      isMissing(treatment.prescriptions) ? [] : [treatment.prescriptions],
    ),
    'Amount of TST per prescription': included.map((one) => one.treatment.grams),
  };
}

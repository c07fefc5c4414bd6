/** What an attentive reviewer says of a case: every record of every instrument, each field a value or a typed missing value. */
import type { FieldValue } from '../../src/protocol/index.ts';
import { type Cases, type IncludedCase, isMissing, type MissingFact, type ScreenedCase } from './cases.ts';

/** One record of one case. */
export interface TrueRecord {
  readonly instrument: string;
  /** The value of the key field, where the instrument repeats. */
  readonly row?: string;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** A candidate that is reviewed. */
export interface ReviewedCase {
  readonly id: string;
  readonly birth: string;
  readonly records: readonly TrueRecord[];
}

/** The candidates that reviewers read, in the order in which they read them. */
export function reviewedCases(cases: Cases): ReviewedCase[] {
  const all = [
    ...cases.included.map((one) => ({ id: one.id, birth: one.person.birth, records: includedRecords(one) })),
    ...cases.screened_out.map((one) => ({ id: one.id, birth: one.person.birth, records: [screenedRecord(one)] })),
  ];
  const place = (index: number) => (index * STRIDE) % all.length;
  return all
    .map((one, index) => ({ one, place: place(index) }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

const STRIDE = 17;

type Fact = string | number | boolean | readonly string[] | MissingFact | undefined;

/** Facts by field; what is undefined is left out. */
function values(facts: Readonly<Record<string, Fact>>): Record<string, FieldValue> {
  const entries = Object.entries(facts).flatMap(([field, fact]): [string, FieldValue][] => {
    if (fact === undefined) return [];
    return [[field, isMissing(fact) ? { missing: fact.missing } : { value: fact }]];
  });
  return Object.fromEntries(entries);
}

const notDocumented = { missing: 'not-documented' } as const;
const notApplicable = { missing: 'not-applicable' } as const;

function includedRecords(one: IncludedCase): TrueRecord[] {
  const screening = { actd: true, follow_up: true, applied_as_prescribed: true };
  return [
    { instrument: 'screening', values: values(screening) },
    { instrument: 'baseline', values: baselineValues(one) },
    { instrument: 'treatment', values: treatmentValues(one) },
    ...one.assessments.map(({ pain, ...assessment }): TrueRecord => {
      const visit = `${assessment.lesion}@${assessment.date}`;
      const facts = { visit, ...assessment, pain: pain ?? notDocumented };
      return { instrument: 'assessment', row: visit, values: values(facts) };
    }),
    ...one.adverse_events.map((facts, index): TrueRecord => {
      const event = `event-${index + 1}`;
      return { instrument: 'adverse_event', row: event, values: values({ event, ...facts }) };
    }),
  ];
}

function baselineValues({ person, baseline }: IncludedCase): Record<string, FieldValue> {
  const { ulceration, vascular_insufficiency } = baseline;
  return values({
    race: person.race.toLowerCase().replaceAll(' ', '_'),
    ...baseline,
    vascular_insufficiency: ulceration ? (vascular_insufficiency ?? notDocumented) : undefined,
  });
}

function treatmentValues({ treatment }: IncludedCase): Record<string, FieldValue> {
  return values({ ...treatment, strength_raised_to: treatment.strength_raised_to ?? notApplicable });
}

function screenedRecord(one: ScreenedCase): TrueRecord {
  const followedUp = one.excluded !== 'no-follow-up';
  const withoutDisease = one.excluded === 'no-actd';
  const facts = {
    actd: !withoutDisease,
    follow_up: followedUp,
    applied_as_prescribed: followedUp ? one.excluded !== 'not-as-prescribed' : undefined,
    response_without_actd: withoutDisease ? (one.response ?? notDocumented) : undefined,
    months_without_actd: withoutDisease ? one.months : undefined,
  };
  return { instrument: 'screening', values: values(facts) };
}

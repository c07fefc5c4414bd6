/** `mapping.yaml`: what the columns of a table mean, and how its rows find their persons. docs/import.md teaches it. */
import { z } from 'zod';
import { isDateFormat } from './date-format.ts';

/** What a row may say about its person. `source_patient` is the number that the source itself gives the person. */
export const personFields = ['record_number', 'family_name', 'given_name', 'birth_date', 'source_patient'] as const;
export type PersonField = (typeof personFields)[number];

/** The fields that the records know of a person. */
export const checkFields = ['record_number', 'family_name', 'given_name', 'birth_date'] as const;
export type CheckField = (typeof checkFields)[number];

const column = z.string().trim().min(1).describe('the name of a column, as in the first line of the file');
const dateFormat = z.string().refine(isDateFormat, 'a format such as MM/DD/YYYY, D.M.YYYY or YYYY-MM-DD');
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .union([item, z.array(item).min(1)])
    .transform((given) => (Array.isArray(given) ? given : [given]) as readonly z.output<Item>[]);

const date = z.strictObject({ column, format: listOf(dateFormat) });
const translated = z.strictObject({
  column,
  values: z.record(z.string(), z.string()).optional().describe('what the cells say, and what it means here'),
});
const constant = z.strictObject({ value: z.string().trim().min(1).describe('what every row says') });
const text = z.union([column, translated, constant]);
const codes = listOf(z.strictObject({ column, system: z.string().trim().min(1).describe('ICD10CM, RxNorm, ...') }));

export type DateSaid = z.output<typeof date>;
export type TextSaid = z.output<typeof text>;
export type CodesSaid = z.output<typeof codes>;

const person = z.strictObject({
  record_number: column.optional(),
  family_name: column.optional(),
  given_name: column.optional(),
  birth_date: date.optional(),
  sex: z.union([column, translated]).optional(),
  source_patient: column.optional(),
});

const rule = z.strictObject({
  match: z.array(z.enum(personFields)).min(1).describe('the fields that must all be equal'),
  check: z.array(z.enum(checkFields)).default([]).describe('of these, where both sides have them, one must agree'),
});

const conversion = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1),
  factor: z.number().describe('to = from × factor + offset'),
  offset: z.number().default(0),
});

const anyTable = {
  source: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'small letters, digits and single hyphens'),
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  decimal: z.enum(['.', ',']).default('.').describe('what stands before the decimals, where numbers are text'),
  encoding: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
  sheet: z.string().optional().describe('of a spreadsheet; the first where it is left out'),
  row_id: listOf(column).describe('the columns that together name a row'),
};
const aboutPersons = { person, linkage: z.array(rule).min(1) };

const drugs = z.strictObject({
  date: date.describe('when the drug was handed over'),
  end_date: date.optional(),
  drug: text,
  code: codes.optional(),
  form: text.optional(),
  route: text.optional(),
  dose: column.optional().describe('at one time'),
  dose_unit: text.optional(),
  frequency: text.optional().describe('how often, in words'),
  times_per_day: column.optional(),
  quantity: column.optional(),
  unit: text.optional(),
  sig: text.optional().describe('how it is to be taken, in words'),
  refills: column.optional(),
  days_supply: column.optional(),
  status: text.optional(),
});

const conditions = z.strictObject({
  date,
  end_date: date.optional(),
  text: text.optional(),
  code: codes.optional(),
  status: text.optional().describe('active, resolved, ...'),
  verification: text.optional().describe('confirmed, refuted, ...'),
});

const procedures = z.strictObject({ date, text: text.optional(), code: codes.optional(), status: text.optional() });

const measurements = z.strictObject({
  date,
  text: text.optional().describe('what was measured'),
  code: codes.optional(),
  value: column,
  unit: text.optional(),
  range_low: column.optional(),
  range_high: column.optional(),
  status: text.optional(),
});

const observations = z.strictObject({
  date,
  text: text.optional().describe('what was observed'),
  code: codes.optional(),
  value: text.optional(),
  kind: text.optional().describe('social-history, survey, allergy, ...'),
  status: text.optional(),
});

const visits = z.strictObject({
  date,
  end_date: date.optional(),
  text: text.optional(),
  class: text.optional().describe('AMB, IMP, EMER, ...'),
});

const notes = z.strictObject({
  date,
  text,
  type: text.optional().describe('Progress note, ...'),
  title: text.optional(),
  specialty: text.optional().describe('of the author'),
  status: text.optional(),
});

const authorizations = z.strictObject({
  date: date.optional().describe('when it was decided, or the letter was sent'),
  decision: text.describe('granted, refused, revoked; requested for a letter'),
});

const persons = z.strictObject({
  record_number: column.optional(),
  family_name: column.optional(),
  given_name: column.optional(),
  sex: z.union([column, translated, constant]).optional(),
  birth_date: date.optional(),
  death_date: date.optional(),
  race: text.optional(),
  ethnicity: text.optional(),
});

export const mappingSchema = z.discriminatedUnion('becomes', [
  z.strictObject({ becomes: z.literal('drug_exposure'), ...anyTable, columns: drugs, ...aboutPersons }),
  z.strictObject({ becomes: z.literal('condition_occurrence'), ...anyTable, columns: conditions, ...aboutPersons }),
  z.strictObject({ becomes: z.literal('procedure_occurrence'), ...anyTable, columns: procedures, ...aboutPersons }),
  z.strictObject({
    becomes: z.literal('measurement'),
    ...anyTable,
    columns: measurements,
    convert: z.array(conversion).default([]).describe('units that become others'),
    ...aboutPersons,
  }),
  z.strictObject({ becomes: z.literal('observation'), ...anyTable, columns: observations, ...aboutPersons }),
  z.strictObject({ becomes: z.literal('visit_occurrence'), ...anyTable, columns: visits, ...aboutPersons }),
  z.strictObject({ becomes: z.literal('note'), ...anyTable, columns: notes, ...aboutPersons }),
  z.strictObject({
    becomes: z.literal('research_authorization'),
    ...anyTable,
    columns: authorizations,
    ...aboutPersons,
  }),
  z.strictObject({ becomes: z.literal('person'), ...anyTable, columns: persons }),
]);

/** A mapping that fits the schema. Where rows become persons there is nobody to link them to. */
export type TableMapping = z.output<typeof mappingSchema>;
export type Target = TableMapping['becomes'];
export type MappingOf<Becomes extends Target> = Extract<TableMapping, { becomes: Becomes }>;
export type PersonSaid = z.output<typeof person>;
export type LinkageRule = z.output<typeof rule>;

/** What a mapping says of persons: nothing, where its rows are persons themselves. */
export function personOf(mapping: TableMapping): PersonSaid {
  return mapping.becomes === 'person' ? {} : mapping.person;
}

/** The rules by which rows find their persons; none, where they are persons themselves. */
export function rulesOf(mapping: TableMapping): readonly LinkageRule[] {
  return mapping.becomes === 'person' ? [] : mapping.linkage;
}

/** The name of a rule in reports: `family_name+given_name+birth_date`. */
export function ruleName(rule: LinkageRule): string {
  return rule.match.join('+');
}

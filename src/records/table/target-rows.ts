/** What the cells of a row become: the rows of the table that the mapping names, without their person. */
import { dayRange, type PartialDate } from '../../base/index.ts';
import { Refusal } from '../quarantine-reasons.ts';
import { routeOf } from '../route.ts';
import { type DecodedRow, type RowOf, row } from '../rows.ts';
import { type AuthorizationDecision, authorizationDecisions } from '../tables.ts';
import type { Cells } from './cells.ts';
import type { MappingOf, TableMapping, Target } from './mapping-schema.ts';

type Decoder<Becomes extends Target> = (
  mapping: MappingOf<Becomes>,
  cells: Cells,
  id: string,
  name: string,
) => DecodedRow[];

/** The rows of one line, that of the target first; `name` is `SOURCE/ROW ID`, `id` its number. Throws {@link Refusal}. */
export function targetRows(mapping: TableMapping, cells: Cells, id: string, name: string): DecodedRow[] {
  const decode = decoders[mapping.becomes] as (
    mapping: TableMapping,
    cells: Cells,
    id: string,
    name: string,
  ) => DecodedRow[];
  const codes = mapping.becomes !== 'person' && 'code' in mapping.columns ? cells.codes(mapping.columns.code) : [];
  const codings = codes.map((code, rank) =>
    row('coding', { person_id: null, table_name: mapping.becomes, row_id: id, ...code, display: null, rank }),
  );
  return [...decode(mapping, cells, id, name), ...codings];
}

const SEXES = {
  female: 'female',
  f: 'female',
  male: 'male',
  m: 'male',
  other: 'other',
  unknown: 'unknown',
  u: 'unknown',
} as const;

const DECISIONS: Readonly<Record<string, AuthorizationDecision>> = Object.fromEntries(
  authorizationDecisions.map((each) => [each, each]),
);

/** The administrative gender of FHIR that a cell names. */
export function sexIn(cells: Cells, said: MappingOf<'person'>['columns']['sex']): string | null {
  return cells.oneOf(said, SEXES);
}

const unlinked = { person_id: null, visit_occurrence_id: null } as const;

const decoders: { readonly [Becomes in Target]: Decoder<Becomes> } = {
  drug_exposure: ({ columns }, cells, id) => {
    const drug = cells.text(columns.drug);
    const form = cells.text(columns.form);
    const route = cells.text(columns.route);
    return [
      row('drug_exposure', {
        ...unlinked,
        drug_exposure_id: id,
        ...span('drug_exposure', cells.date(columns.date), cells.date(columns.end_date)),
        drug_kind: 'table',
        drug_source_value: drug,
        route: routeOf({ stated: route === null ? [] : [route], doseForm: form, drug }),
        route_source_value: route,
        dose_form: form,
        sig: cells.text(columns.sig),
        dose: cells.number(columns.dose),
        dose_unit: cells.text(columns.dose_unit),
        times_per_day: cells.number(columns.times_per_day),
        frequency_source_value: cells.text(columns.frequency),
        quantity: cells.number(columns.quantity),
        quantity_unit: cells.text(columns.unit),
        refills: cells.wholeNumber(columns.refills),
        days_supply: cells.wholeNumber(columns.days_supply),
        status: cells.text(columns.status),
        provider_id: null,
      }),
    ];
  },

  condition_occurrence: ({ columns }, cells, id) => [
    row('condition_occurrence', {
      ...unlinked,
      condition_occurrence_id: id,
      ...span('condition', cells.date(columns.date), cells.date(columns.end_date)),
      condition_source_value: cells.text(columns.text),
      condition_status_source_value: cells.text(columns.status),
      verification_status: cells.text(columns.verification),
      provider_id: null,
    }),
  ],

  procedure_occurrence: ({ columns }, cells, id) => [
    row('procedure_occurrence', {
      ...unlinked,
      procedure_occurrence_id: id,
      ...on('procedure', cells.date(columns.date)),
      procedure_source_value: cells.text(columns.text),
      status: cells.text(columns.status),
      provider_id: null,
    }),
  ],

  measurement: ({ columns, convert }, cells, id) => {
    const [low, high] = [cells.number(columns.range_low), cells.number(columns.range_high)];
    const said = { ...cells.result(columns.value), unit: cells.text(columns.unit) };
    const rule = convert.find(({ from }) => from === said.unit);
    const inUnit = (number: number | null) => (number === null || !rule ? number : number * rule.factor + rule.offset);
    return [
      row('measurement', {
        ...unlinked,
        measurement_id: id,
        ...on('measurement', cells.date(columns.date)),
        measurement_source_value: cells.text(columns.text),
        value_as_number: inUnit(said.number),
        operator: said.operator,
        // What was converted keeps what was written, with its unit.
        value_source_value: rule && said.text !== null ? `${said.text} ${rule.from}` : said.text,
        unit_source_value: rule?.to ?? said.unit,
        range_low: inUnit(low),
        range_high: inUnit(high),
        range_source_value: low === null && high === null ? null : `${low ?? ''}-${high ?? ''}`,
        status: cells.text(columns.status),
      }),
    ];
  },

  observation: ({ columns }, cells, id) => [
    row('observation', {
      ...unlinked,
      observation_id: id,
      ...on('observation', cells.date(columns.date)),
      observation_kind: cells.text(columns.kind),
      observation_source_value: cells.text(columns.text),
      value_source_value: cells.text(columns.value),
      status: cells.text(columns.status),
    }),
  ],

  visit_occurrence: ({ columns }, cells, id) => [
    row('visit_occurrence', {
      person_id: null,
      visit_occurrence_id: id,
      ...span('visit', cells.date(columns.date), cells.date(columns.end_date)),
      visit_source_value: cells.text(columns.text),
      visit_class: cells.text(columns.class),
      provider_id: null,
      care_site_id: null,
    }),
  ],

  note: ({ columns }, cells, id) => {
    const note_text = cells.text(columns.text);
    if (note_text === null) throw new Refusal('note.empty');
    return [
      row('note', {
        ...unlinked,
        note_id: id,
        ...on('note', cells.date(columns.date)),
        note_type_source_value: cells.text(columns.type),
        note_title: cells.text(columns.title),
        note_text,
        status: cells.text(columns.status),
        provider_id: null,
        specialty: cells.text(columns.specialty),
      }),
    ];
  },

  research_authorization: ({ columns }, cells) => {
    const decision = cells.oneOf(columns.decision, DECISIONS);
    if (decision === null) throw new Refusal('consent.no-decision');
    const decided = cells.date(columns.date);
    const dates = { decided_date: dayOf(decided), decided_date_source: decided };
    return [row('research_authorization', { person_id: null, decision, ...dates })];
  },

  person: ({ columns }, cells, id, name) => {
    const birth = cells.date(columns.birth_date);
    const death = cells.date(columns.death_date);
    const identity: RowOf<'person_identity'> = {
      person_id: id,
      record_number: cells.text(columns.record_number),
      family_name: cells.text(columns.family_name),
      given_name: cells.text(columns.given_name),
      birth_date_source: birth,
    };
    const person: RowOf<'person'> = {
      person_id: id,
      sex: sexIn(cells, columns.sex),
      birth_date: dayOf(birth),
      birth_date_source: birth,
      death_date: dayOf(death),
      death_date_source: death,
      race_source_value: cells.text(columns.race),
      ethnicity_source_value: cells.text(columns.ethnicity),
      person_source_value: name,
    };
    return [row('person', person), row('person_identity', identity)];
  },
};

/** The columns of a day: the first that it may mean, and what the source says. */
function on<Name extends string>(name: Name, date: PartialDate | null) {
  return { [`${name}_date`]: dayOf(date), [`${name}_date_source`]: date } as {
    readonly [Column in `${Name}_date` | `${Name}_date_source`]: string | null;
  };
}

/** The columns of a first and a last day. */
function span<Name extends string>(name: Name, start: PartialDate | null, end: PartialDate | null) {
  return { ...on(`${name}_start`, start), ...on(`${name}_end`, end) };
}

function dayOf(date: PartialDate | null): string | null {
  return date === null ? null : dayRange(date).earliest;
}

/**
 * The engine alone, for `bench/records.ts`: DuckDB reads the same files with `read_ndjson` and writes Parquet with the
 * same columns, sorted and compressed alike, in the memory that it likes. It checks nothing, keeps no account, knows one
 * version of a resource and takes the first form of what FHIR says in several.
 *
 * `same` gives the values that an import gives: ids by SHA-256, the number of each line. `lean` takes what costs the
 * engine least: ids by its own hash, no line numbers.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export type Peer = 'same' | 'lean';

/** Reads `from` and writes a Parquet file a table below `to`. The rows of each table. */
export async function runPeer(peer: Peer, from: string, to: string): Promise<Readonly<Record<string, number>>> {
  mkdirSync(to, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const rows: Record<string, number> = {};
  for (const [table, query] of Object.entries(queriesOf(peer, from))) {
    const written = await connection.runAndReadAll(
      `COPY (${query}) TO '${join(to, table)}.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536)`,
    );
    rows[table] = Number(written.getRows()[0]?.[0]);
  }
  instance.closeSync();
  return rows;
}

const REFERENCE = 'STRUCT("reference" VARCHAR)';
const CONCEPT = 'STRUCT("text" VARCHAR, coding STRUCT("system" VARCHAR, code VARCHAR, display VARCHAR)[])';
const PERIOD = 'STRUCT("start" VARCHAR, "end" VARCHAR)';
const QUANTITY = 'STRUCT("value" DOUBLE, unit VARCHAR)';
const DOSAGE = `STRUCT("text" VARCHAR, route ${CONCEPT})[]`;

function queriesOf(peer: Peer, from: string): Readonly<Record<string, string>> {
  const id = (name: string): string =>
    peer === 'same' ? `(('0x' || sha256(${name})[1:16])::UBIGINT >> 1)::BIGINT` : `(hash(${name}) >> 1)::BIGINT`;
  const line = peer === 'same' ? 'row_number() OVER ()' : '0::BIGINT';
  const read = (type: string, columns: Readonly<Record<string, string>>, file = type): string => {
    const all = { id: 'VARCHAR', meta: 'STRUCT(lastUpdated VARCHAR)', ...columns };
    const list = Object.entries(all).map(([name, kind]) => `"${name}": '${kind}'`);
    return `(SELECT *, '${file}.ndjson' AS src_file, ${line} AS src_line, '${type}/' || id AS src_id, meta.lastUpdated AS src_updated
      FROM read_ndjson('${from}/${file}.ndjson', columns = {${list.join(', ')}}))`;
  };
  const provenance = 'src_file, src_line, src_id, src_updated';
  const own = id('src_id');
  const of = (reference: string, name: string): string =>
    `CASE WHEN ${reference} IS NOT NULL THEN ${id(`${reference}.reference`)} END AS ${name}`;
  const date = (source: string, name: string): string =>
    `TRY_CAST(substr(${source}, 1, 10) AS DATE) AS ${name}, ${source} AS ${name}_source`;
  const text = (concept: string): string => `coalesce(${concept}.text, ${concept}.coding[1].display)`;
  const none = (...names: readonly string[]): string => names.map((name) => `NULL::VARCHAR AS ${name}`).join(', ');
  const drug = (type: string, kind: string, start: string, dosage: string, visit: string, supply: string): string => `
    SELECT ${own} AS drug_exposure_id, ${of('subject', 'person_id')}, ${date(start, 'drug_exposure_start_date')},
      ${none('drug_exposure_end_date', 'drug_exposure_end_date_source')}, '${kind}' AS drug_kind,
      coalesce(${text('medicationCodeableConcept')}, medicationReference.display) AS drug_source_value,
      ${dosage}[1].route.text AS route, ${text(`${dosage}[1].route`)} AS route_source_value, ${none('dose_form')},
      ${dosage}[1].text AS sig, ${none('dose', 'dose_unit', 'times_per_day', 'frequency_source_value')},
      ${supply}, ${none('days_supply')}, status, ${of(visit, 'visit_occurrence_id')}, ${none('provider_id')}, ${provenance}
    FROM ${read(type, {
      subject: REFERENCE,
      medicationCodeableConcept: CONCEPT,
      medicationReference: 'STRUCT("reference" VARCHAR, display VARCHAR)',
      status: 'VARCHAR',
      authoredOn: 'VARCHAR',
      whenHandedOver: 'VARCHAR',
      dosageInstruction: DOSAGE,
      encounter: REFERENCE,
      context: REFERENCE,
      quantity: QUANTITY,
      dispenseRequest: `STRUCT(numberOfRepeatsAllowed INTEGER, quantity ${QUANTITY})`,
    })}`;
  const codings = (
    table: string,
    type: string,
    person: string,
    concept: string,
    columns: Readonly<Record<string, string>>,
  ) => `
    SELECT ${of(person, 'person_id')}, '${table}' AS table_name, ${own} AS row_id, coding.system AS vocabulary_id, coding.code,
      coding.display, rank, ${provenance}
    FROM (SELECT *, unnest(${concept}.coding) AS coding, generate_subscripts(${concept}.coding, 1) AS rank FROM ${read(type, columns)})`;
  const subject = { subject: REFERENCE, code: CONCEPT };
  const medication = { subject: REFERENCE, medicationCodeableConcept: CONCEPT };
  return {
    person: `SELECT ${own} AS person_id, gender AS sex, ${date('birthDate', 'birth_date')}, ${date('deceasedDateTime', 'death_date')},
      extension[1].extension[1].valueCoding.display AS race, extension[2].extension[1].valueCoding.display AS ethnicity, src_id AS person_source_value, ${provenance}
      FROM ${read('Patient', { gender: 'VARCHAR', birthDate: 'VARCHAR', deceasedDateTime: 'VARCHAR', extension: 'STRUCT(extension STRUCT(valueCoding STRUCT(display VARCHAR))[])[]' })} ORDER BY person_id`,
    person_identity: `SELECT ${own} AS person_id, identifier[1].value AS record_number, name[1].family, name[1].given[1], birthDate, ${provenance}
      FROM ${read('Patient', { birthDate: 'VARCHAR', identifier: 'STRUCT("value" VARCHAR)[]', name: 'STRUCT(family VARCHAR, given VARCHAR[])[]' })} ORDER BY person_id`,
    visit_occurrence: `SELECT ${own} AS visit_occurrence_id, ${of('subject', 'person_id')}, ${date('period.start', 'visit_start_date')}, ${date('period.end', 'visit_end_date')},
      ${text('type[1]')} AS visit_source_value, class.code AS visit_class, ${of('participant[1].individual', 'provider_id')}, ${none('care_site_id')}, ${provenance}
      FROM ${read('Encounter', { subject: REFERENCE, type: `${CONCEPT}[]`, class: 'STRUCT(code VARCHAR)', period: PERIOD, participant: `STRUCT(individual ${REFERENCE})[]` })}
      ORDER BY person_id, visit_occurrence_id`,
    condition_occurrence: `SELECT ${own} AS condition_occurrence_id, ${of('subject', 'person_id')}, ${date('coalesce(onsetDateTime, recordedDate)', 'condition_start_date')},
      ${date('abatementDateTime', 'condition_end_date')}, ${text('code')} AS condition_source_value, clinicalStatus.coding[1].code AS clinical,
      verificationStatus.coding[1].code AS verification_status, ${of('encounter', 'visit_occurrence_id')}, ${none('provider_id')}, ${provenance}
      FROM ${read('Condition', { ...subject, encounter: REFERENCE, onsetDateTime: 'VARCHAR', recordedDate: 'VARCHAR', abatementDateTime: 'VARCHAR', clinicalStatus: CONCEPT, verificationStatus: CONCEPT })}
      ORDER BY person_id, condition_occurrence_id`,
    drug_exposure: `SELECT * FROM (
      ${drug('MedicationRequest', 'order', 'authoredOn', 'dosageInstruction', 'encounter', 'dispenseRequest.quantity.value AS quantity, dispenseRequest.quantity.unit AS quantity_unit, dispenseRequest.numberOfRepeatsAllowed AS refills')}
      UNION ALL ${drug('MedicationDispense', 'dispense', 'whenHandedOver', 'dosageInstruction', 'context', 'quantity.value AS quantity, quantity.unit AS quantity_unit, NULL AS refills')})
      ORDER BY person_id, drug_exposure_id`,
    procedure_occurrence: `SELECT ${own} AS procedure_occurrence_id, ${of('subject', 'person_id')}, ${date('performedDateTime', 'procedure_date')}, ${text('code')} AS procedure_source_value,
      status, ${of('encounter', 'visit_occurrence_id')}, ${none('provider_id')}, ${provenance}
      FROM ${read('Procedure', { ...subject, status: 'VARCHAR', performedDateTime: 'VARCHAR', encounter: REFERENCE })} ORDER BY person_id, procedure_occurrence_id`,
    measurement: `SELECT ${own} AS measurement_id, ${of('subject', 'person_id')}, ${date('effectiveDateTime', 'measurement_date')}, ${text('code')} AS measurement_source_value,
      valueQuantity.value AS value_as_number, ${none('operator')}, valueQuantity.value::VARCHAR AS value_source_value, valueQuantity.unit AS unit_source_value,
      ${none('range_low', 'range_high', 'range_source_value')}, status, ${of('encounter', 'visit_occurrence_id')}, ${provenance}
      FROM ${read('Observation', { ...subject, status: 'VARCHAR', effectiveDateTime: 'VARCHAR', encounter: REFERENCE, valueQuantity: QUANTITY })} ORDER BY person_id, measurement_id`,
    observation: `SELECT ${own} AS observation_id, ${of('patient', 'person_id')}, ${date('recordedDate', 'observation_date')}, 'allergy' AS observation_kind, ${text('code')} AS observation_source_value,
      ${text('reaction[1].manifestation[1]')} AS value_source_value, clinicalStatus.coding[1].code AS status, ${none('visit_occurrence_id')}, ${provenance}
      FROM ${read('AllergyIntolerance', { patient: REFERENCE, code: CONCEPT, recordedDate: 'VARCHAR', clinicalStatus: CONCEPT, reaction: `STRUCT(manifestation ${CONCEPT}[])[]` })}
      ORDER BY person_id, observation_id`,
    note: `SELECT ${own} AS note_id, ${of('subject', 'person_id')}, ${date('date', 'note_date')}, ${text('type')} AS note_type_source_value, content[1].attachment.title AS note_title,
      decode(from_base64(content[1].attachment.data)) AS note_text, status, ${of('context.encounter[1]', 'visit_occurrence_id')}, ${of('author[1]', 'provider_id')},
      ${text('context.practiceSetting')} AS specialty, ${provenance}
      FROM ${read('DocumentReference', { subject: REFERENCE, date: 'VARCHAR', type: CONCEPT, status: 'VARCHAR', author: `${REFERENCE}[]`, content: 'STRUCT(attachment STRUCT(title VARCHAR, data VARCHAR))[]', context: `STRUCT(encounter ${REFERENCE}[], practiceSetting ${CONCEPT})` })}`,
    research_authorization: `SELECT ${of('patient', 'person_id')}, provision.type AS decision, ${date('dateTime', 'decided_date')}, ${provenance}
      FROM ${read('Consent', { patient: REFERENCE, dateTime: 'VARCHAR', provision: 'STRUCT("type" VARCHAR)' })} ORDER BY person_id`,
    coding: `SELECT * FROM (${[
      codings('condition_occurrence', 'Condition', 'subject', 'code', subject),
      codings('measurement', 'Observation', 'subject', 'code', subject),
      codings('procedure_occurrence', 'Procedure', 'subject', 'code', subject),
      codings('note', 'DocumentReference', 'subject', '"type"', { subject: REFERENCE, type: CONCEPT }),
      codings('drug_exposure', 'MedicationRequest', 'subject', 'medicationCodeableConcept', medication),
      codings('drug_exposure', 'MedicationDispense', 'subject', 'medicationCodeableConcept', medication),
    ].join(' UNION ALL ')}) ORDER BY person_id, table_name, row_id, rank`,
  };
}

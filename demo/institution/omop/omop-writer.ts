/** An OMOP CDM 5.4 that grows row by row, `omop/TABLE.csv`, with the concepts that its rows name. */
import { stringify } from 'csv-stringify/sync';
import { rowId } from '../../../src/base/index.ts';
import type { LineWriter } from '../line-writer.ts';
import { type CdmFileName, cdmColumns } from './cdm-columns.ts';

type Cells = Readonly<Record<string, string | number | undefined>>;

/** A code as a vocabulary of OMOP has it. */
export interface CodedConcept {
  readonly vocabulary: string;
  readonly code: string;
  readonly name: string;
  readonly domain: string;
}

export interface OmopWriter {
  row(table: CdmFileName, cells: Cells): void;
  /** The id of a concept, which is written at its first use; 0 of none. */
  concept(concept: CodedConcept | undefined): number;
}

/** Ids from here on are a site's own. (OHDSI conventions.) */
const FIRST_OWN_CONCEPT = 2_000_000_001;
/** Vocabularies that others are mapped to. */
const STANDARD: ReadonlySet<string> = new Set(['SNOMED', 'RxNorm', 'LOINC', 'CPT4', 'NUCC']);

/** Opens a CDM; `lines` gives the file of a path. The tables that nothing is written to have a header. */
export function openOmop(lines: (path: string) => LineWriter): OmopWriter {
  const ids = new Map<string, number>();
  const write = (table: CdmFileName, values: readonly (string | number | undefined)[]): void =>
    lines(`omop/${table}.csv`).line(stringify([[...values]], { record_delimiter: '' }));
  for (const [table, columns] of Object.entries(cdmColumns)) write(table as CdmFileName, columns);
  const row = (table: CdmFileName, cells: Cells): void =>
    write(
      table,
      cdmColumns[table].map((column) => cells[column]),
    );
  row('cdm_source', {
    cdm_source_name: 'Synthetic Medical Center',
    cdm_source_abbreviation: 'SMC',
    cdm_holder: 'Synthetic Medical Center',
    source_release_date: '2018-07-01',
    cdm_release_date: '2018-07-01',
    cdm_version: 'v5.4',
    cdm_version_concept_id: 756265,
  });
  return {
    row,
    concept(concept) {
      if (!concept) return 0;
      const { vocabulary, code, name, domain } = concept;
      const key = `${vocabulary}/${code}`;
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = FIRST_OWN_CONCEPT + ids.size;
      ids.set(key, id);
      row('concept', {
        concept_id: id,
        concept_name: name,
        domain_id: domain,
        vocabulary_id: vocabulary,
        concept_class_id: 'Undefined',
        standard_concept: STANDARD.has(vocabulary) ? 'S' : undefined,
        concept_code: code,
        valid_start_date: '1970-01-01',
        valid_end_date: '2099-12-31',
      });
      return id;
    },
  };
}

/** The 64-bit id of what FHIR calls `Condition/...`: the same in both exports. */
export function cdmId(reference: string): string {
  return rowId(reference);
}

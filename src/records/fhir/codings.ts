import { vocabularyOfSystem } from '../../vocabulary/index.ts';
import { type DecodedRow, row } from '../rows.ts';
import type { TableName } from '../tables.ts';
import { type Fhir, listAt, textAt } from './elements.ts';

/** What a CodeableConcept says in words: its text, else its first display, else its first code. */
export function conceptText(concept: Fhir | undefined): string | null {
  const codings = listAt(concept, 'coding');
  const shown = (name: string) => codings.map((coding) => textAt(coding, name)).find((text) => text !== undefined);
  return textAt(concept, 'text') ?? shown('display') ?? shown('code') ?? null;
}

/** The first code of a CodeableConcept, such as a status. */
export function conceptCode(concept: Fhir | undefined): string | null {
  const codes = listAt(concept, 'coding').map((coding) => textAt(coding, 'code'));
  return codes.find((code) => code !== undefined) ?? textAt(concept, 'text') ?? null;
}

/** A code of a concept, with the vocabulary named as OMOP does. */
export interface Code {
  readonly vocabulary_id: string | null;
  readonly code: string;
  readonly display: string | null;
  readonly rank: number;
}

/** The codes of concepts, in the order of the source; `rank` counts them from 0. */
export function codesOf(concepts: readonly (Fhir | undefined)[]): Code[] {
  const codings = concepts.flatMap((concept) => listAt(concept, 'coding'));
  return codings.flatMap((coding, rank) => {
    const code = textAt(coding, 'code');
    const system = textAt(coding, 'system');
    const vocabulary_id = system === undefined ? null : vocabularyOfSystem(system);
    return code === undefined ? [] : [{ vocabulary_id, code, display: textAt(coding, 'display') ?? null, rank }];
  });
}

/** The rows of `coding` for the concepts of a row. */
export function codingRows(
  table: TableName,
  rowId: string,
  person: string,
  concepts: readonly (Fhir | undefined)[],
): DecodedRow[] {
  return codesOf(concepts).map((code) =>
    row('coding', { person_id: person, table_name: table, row_id: rowId, ...code }),
  );
}

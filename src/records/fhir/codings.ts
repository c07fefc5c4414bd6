import { vocabularyOfSystem } from '../../vocabulary/index.ts';
import { type DecodedRow, type RowOf, row } from '../rows.ts';
import type { TableName } from '../tables.ts';
import { type Fhir, listAt, textAt } from './elements.ts';

/** What a CodeableConcept says in words: its text, else its first display, else its first code. */
export function conceptText(concept: Fhir | undefined): string | null {
  if (concept === undefined) return null;
  const codings = listAt(concept, 'coding');
  return textAt(concept, 'text') ?? firstOf(codings, 'display') ?? firstOf(codings, 'code') ?? null;
}

/** The first code of a CodeableConcept, such as a status; where it has words only, these in the form of a code. */
export function conceptCode(concept: Fhir | undefined): string | null {
  if (concept === undefined) return null;
  return (
    firstOf(listAt(concept, 'coding'), 'code') ??
    textAt(concept, 'text')?.trim().toLowerCase().replace(/\s+/g, '-') ??
    null
  );
}

function firstOf(codings: readonly Fhir[], name: string): string | undefined {
  for (const coding of codings) {
    const text = textAt(coding, name);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A code of a concept, with the vocabulary named as OMOP does. */
export interface Code {
  readonly vocabulary_id: string | null;
  readonly code: string;
  readonly display: string | null;
  readonly rank: number;
}

/** The codes of concepts, in the order of the source; `rank` counts their codings from 0. */
export function codesOf(concepts: readonly (Fhir | undefined)[]): Code[] {
  const codes: Code[] = [];
  let rank = 0;
  for (const concept of concepts) {
    for (const coding of listAt(concept, 'coding')) {
      const code = textAt(coding, 'code');
      const system = textAt(coding, 'system');
      const display = textAt(coding, 'display') ?? null;
      const vocabulary_id = system === undefined ? null : vocabularyOfSystem(system);
      if (code !== undefined) codes.push({ vocabulary_id, code, display, rank });
      rank += 1;
    }
  }
  return codes;
}

type Coding = RowOf<'coding'>;

/** The rows of `coding` for the concepts of a row. */
export function codingRows(
  table: TableName,
  rowId: Coding['row_id'],
  person: Coding['person_id'],
  concepts: readonly (Fhir | undefined)[],
): DecodedRow[] {
  const rows: DecodedRow[] = [];
  for (const { vocabulary_id, code, display, rank } of codesOf(concepts)) {
    rows.push(
      row('coding', { person_id: person, table_name: table, row_id: rowId, vocabulary_id, code, display, rank }),
    );
  }
  return rows;
}

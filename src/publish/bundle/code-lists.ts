/** The concept sets of a protocol as lists for others to use (RECORD, items 6.1 and 7.1). Rule R66. */
import { safeCsv, type TextFile } from '../../analysis/index.ts';
import type { ConceptSet, Protocol } from '../../protocol/index.ts';

/** `codelists/ID.csv` for each concept set: its codes, drug names and terms, a line each. */
export function codeLists({ concepts }: Pick<Protocol, 'concepts'>): TextFile[] {
  return Object.entries(concepts).map(([id, set]) => ({
    name: `codelists/${id}.csv`,
    text: safeCsv(HEADER, linesOf(set)),
  }));
}

const HEADER = ['kind', 'system', 'value', 'descendants', 'mapped', 'exclude', 'routes', 'synonyms'];

function linesOf({ codes, drugs, terms }: ConceptSet): unknown[][] {
  return [
    ...codes.map(({ system, code, descendants, mapped, exclude }) => [
      'code',
      system,
      code,
      descendants,
      mapped,
      exclude,
      '',
      '',
    ]),
    ...(drugs?.names ?? []).map((name) => ['drug', '', name, '', '', '', drugs?.routes?.join('; ') ?? '', '']),
    ...terms.map(({ text, synonyms }) => ['term', '', text, '', '', '', '', synonyms.join('; ')]),
  ];
}

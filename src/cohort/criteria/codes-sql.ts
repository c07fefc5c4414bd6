/** Which rows carry a code of a concept set, as SQL. Rules R40 to R43, and R1 to R4 of the room `vocabulary`. */
import { ChartproofError } from '../../base/index.ts';
import type { ConceptSet, Protocol } from '../../protocol/index.ts';
import type { Parameter } from '../../records/index.ts';
import {
  anyNormalizedCodeSql,
  type CodePattern,
  codePatterns,
  followed,
  MAPS_TO,
  normalizedCodeSql,
} from '../../vocabulary/index.ts';
import type { Gate } from '../gate/gate.ts';
import { conceptSet } from './concept-set.ts';
import type { GivenTables } from './given-tables.ts';

/** Where the tables are looked for, and how values go into the query. */
interface Asking {
  readonly side: string;
  bind(value: Parameter): string;
}

/**
 * A condition that holds for the rows of a table of events that carry a code of the set of this id. They are looked for in the
 * codings that were kept of the table, else in those of all.
 */
export function codedAs(
  to: Asking & Pick<GivenTables, 'coded'> & { readonly protocol: Pick<Protocol, 'concepts'> },
  table: string,
  id: string,
): string {
  const set = conceptSet(to.protocol, id);
  const kept = to.coded?.get(table)?.coding;
  const rows =
    kept === undefined
      ? codingOf(to, table, codePatterns(set), 'row_id')
      : `SELECT row_id FROM ${to.side}.${kept} WHERE concept_set = ${to.bind(id)}`;
  return rows === undefined ? 'false' : `${table}_id IN (${rows})`;
}

/** The codings of a table of events with a code of the patterns; `undefined` where there is none to look for. */
export function codingOf(
  to: Asking,
  table: string,
  patterns: readonly CodePattern[],
  columns: string,
): string | undefined {
  const coding = `${to.side}.coding`;
  const codes = codesOf(to, patterns);
  if (codes === undefined) return undefined;
  const used = usedCodes(`SELECT DISTINCT vocabulary_id, code FROM ${coding} WHERE table_name = '${table}'`);
  return `SELECT ${columns} FROM ${coding} SEMI JOIN (${used} ${codes}) wanted USING (vocabulary_id, code) WHERE table_name = '${table}'`;
}

/**
 * The codes of sets, by their id, that stand in `used` (`UsedCodes.codes`) for a table: `concept_set`, `code_id`. Only before the
 * gate; `undefined` where no set has a code.
 */
export function codesOfSets(
  to: Asking,
  used: string,
  table: string,
  sets: Readonly<Record<string, ConceptSet>>,
): string | undefined {
  const codes = Object.entries(sets).flatMap(([id, set]) => {
    const ofSet = codesOf(to, codePatterns(set));
    return ofSet === undefined
      ? []
      : [
          `SELECT ${to.bind(id)} AS concept_set, code_id FROM used SEMI JOIN (${ofSet}) wanted USING (vocabulary_id, code)`,
        ];
  });
  if (codes.length === 0) return undefined;
  return `${usedCodes(`SELECT code_id, vocabulary_id, code FROM ${used} WHERE table_name = '${table}'`)}
    ${codes.join(' UNION ALL ')}`;
}

function usedCodes(codes: string): string {
  return `WITH used AS MATERIALIZED (SELECT *, ${anyNormalizedCodeSql('vocabulary_id', 'code')} AS plain FROM (${codes}))`;
}

/**
 * The codes of a set as the records write them, out of `used`: to compare so many takes a moment, to compare those of all
 * rows takes long. A row that has another code of the set beside one that is left out counts.
 */
function codesOf(to: Asking, patterns: readonly CodePattern[]): string | undefined {
  const wanted = patterns.filter(({ exclude }) => !exclude);
  if (wanted.length === 0) return undefined;
  const out = patterns.filter(({ exclude }) => exclude);
  return codesLike(to, wanted) + (out.length > 0 ? ` EXCEPT (${codesLike(to, out)})` : '');
}

function codesLike(to: Asking, patterns: readonly CodePattern[]): string {
  const own = patterns.map((pattern) => hasCode(to, 'plain', pattern)).join(' OR ');
  const codes = `SELECT vocabulary_id, code FROM used WHERE ${own}`;
  const concepts = patterns.flatMap((pattern) => furtherConcepts(to, pattern));
  return concepts.length > 0 ? `(${codes} UNION ${codesOfConcepts(to, concepts.join(' UNION '))})` : codes;
}

/** The comparison of `matchesCode`, of a table with `vocabulary_id` and this expression of normalized codes. */
function hasCode(to: Asking, plain: string, { vocabulary, code, below }: CodePattern): string {
  const test = below === 'by-prefix' ? `starts_with(${plain}, ${to.bind(code)})` : `${plain} = ${to.bind(code)}`;
  return `(vocabulary_id = ${to.bind(vocabulary)} AND ${test})`;
}

/** A join, since the same as one more condition takes several times as long. */
function codesOfConcepts(to: Asking, concepts: string): string {
  const plain = anyNormalizedCodeSql('vocabulary_id', 'concept_code');
  return `SELECT vocabulary_id, code FROM used
    SEMI JOIN (SELECT vocabulary_id, ${plain} AS plain FROM ${to.side}.concept WHERE concept_id IN (${concepts})) counted
      USING (vocabulary_id, plain)`;
}

/** What only the vocabulary of the records knows: the concepts below by its hierarchy, and those that a crosswalk gives. */
function furtherConcepts(to: Asking, pattern: CodePattern): string[] {
  if (pattern.below !== 'by-hierarchy' && !pattern.mapped) return [];
  const own = ownConcepts(to, pattern);
  return pattern.mapped ? [own, mappedConcepts(to, own)] : [own];
}

/** The concepts of the code and of those below it. */
function ownConcepts(to: Asking, pattern: CodePattern): string {
  const named = `SELECT concept_id FROM ${to.side}.concept WHERE ${hasCode(to, normalizedCodeSql(pattern.vocabulary, 'concept_code'), pattern)}`;
  if (pattern.below !== 'by-hierarchy') return named;
  const descendants = `SELECT descendant_concept_id FROM ${to.side}.concept_ancestor WHERE ancestor_concept_id IN (${named})`;
  return `${named} UNION ${descendants}`;
}

/** Where crosswalks lead from concepts; `Maps to` is followed back to the source codes of a standard code as well. */
function mappedConcepts(to: Asking, own: string): string {
  const relationship = `${to.side}.concept_relationship`;
  const forward = `SELECT concept_id_2 FROM ${relationship} WHERE list_contains(${to.bind(followed)}, relationship_id) AND concept_id_1 IN (${own})`;
  const back = `SELECT concept_id_1 FROM ${relationship} WHERE relationship_id = '${MAPS_TO}' AND concept_id_2 IN (${own})`;
  return `${forward} UNION ${back}`;
}

/**
 * Fails where a set asks what codes map to and the snapshot has no crosswalk from or to their system: nobody would be
 * found by it, without a word. Error: `cohort.no-crosswalk`.
 */
export async function requireCrosswalks(gate: Pick<Gate, 'all'>, id: string, set: ConceptSet): Promise<void> {
  const systems = new Set(codePatterns(set).flatMap(({ vocabulary, mapped }) => (mapped ? [vocabulary] : [])));
  for (const system of systems) {
    const found = await gate.all(
      `SELECT 1 AS one FROM concept_relationship
       WHERE (list_contains($followed, relationship_id)
              AND concept_id_1 IN (SELECT concept_id FROM concept WHERE vocabulary_id = $system))
          OR (relationship_id = '${MAPS_TO}'
              AND concept_id_2 IN (SELECT concept_id FROM concept WHERE vocabulary_id = $system))
       LIMIT 1`,
      { followed, system },
    );
    if (found.length > 0) continue;
    throw new ChartproofError(
      'cohort.no-crosswalk',
      `The concept set \`${id}\` asks what its ${system} codes map to; the records have no crosswalk of ${system}.`,
      { tip: 'Import one: chartproof vocabulary import FILE (docs/vocabulary.md). Or leave out `mapped`.' },
    );
  }
}

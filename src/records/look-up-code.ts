import { anyNormalizedCodeSql, isDotless, normalizeCode } from '../vocabulary/index.ts';
import type { Records } from './open-records.ts';

/** A code of the vocabulary tables; `name` is `null` where only a crosswalk names it. */
export interface KnownCode {
  readonly vocabulary: string;
  readonly code: string;
  readonly name: string | null;
}

/** A code at the other end of a relationship. */
export type RelatedCode = KnownCode & { readonly relationship: string };

/** What the records know of a code. Lists are by vocabulary and code; `above` begins with the highest. */
export interface CodeEntry extends KnownCode {
  readonly kind: string | null; // billing code, ...
  readonly above: readonly KnownCode[];
  readonly below: readonly KnownCode[];
  readonly mapsTo: readonly RelatedCode[];
  readonly mappedFrom: readonly RelatedCode[];
}

const CODE = anyNormalizedCodeSql('vocabulary_id', 'concept_code');
/** A code may be a concept twice: of a code list, and of an OMOP vocabulary. */
const KNOWN = 'vocabulary_id AS vocabulary, concept_code AS code, min(concept_name) AS name';

type Asking = Pick<Records, 'all'>;

/** Looks a code up in the vocabulary tables; `undefined` where it is not in them. */
export async function lookUpCode(records: Asking, vocabulary: string, code: string): Promise<CodeEntry | undefined> {
  const asked = { vocabulary, code: normalizeCode(vocabulary, code) };
  const [own] = await records.all<KnownCode & { ids: string[]; kind: string | null }>(
    `SELECT ${KNOWN}, min(concept_class_id) AS kind, list(concept_id) AS ids
     FROM concept WHERE vocabulary_id = $vocabulary AND ${CODE} = $code GROUP BY 1, 2 ORDER BY 2 LIMIT 1`,
    asked,
  );
  if (!own) return undefined;
  const { ids, ...entry } = own;
  const [above, below] = isDotless(vocabulary) ? await byPrefix(records, asked) : await byHierarchy(records, ids);
  return {
    ...entry,
    above,
    below,
    mapsTo: await related(records, ids, 1, 2),
    mappedFrom: await related(records, ids, 2, 1),
  };
}

type Both = readonly [above: KnownCode[], below: KnownCode[]];

async function byPrefix(records: Asking, asked: { vocabulary: string; code: string }): Promise<Both> {
  const where = (test: string) =>
    records.all<KnownCode>(
      `SELECT ${KNOWN} FROM concept WHERE vocabulary_id = $vocabulary AND ${CODE} <> $code AND ${test}
       GROUP BY 1, 2 ORDER BY 2`,
      asked,
    );
  return [await where(`starts_with($code, ${CODE})`), await where(`starts_with(${CODE}, $code)`)];
}

async function byHierarchy(records: Asking, ids: readonly string[]): Promise<Both> {
  const where = (theirs: string, ours: string, order: string) =>
    records.all<KnownCode>(
      `SELECT ${KNOWN} FROM concept_ancestor JOIN concept ON concept_id = ${theirs}
       WHERE list_contains($ids::BIGINT[], ${ours}) AND ${theirs} <> ${ours} GROUP BY 1, 2 ORDER BY ${order} 1, 2`,
      { ids },
    );
  return [
    await where('ancestor_concept_id', 'descendant_concept_id', 'max(min_levels_of_separation) DESC,'),
    await where('descendant_concept_id', 'ancestor_concept_id', ''),
  ];
}

function related(records: Asking, ids: readonly string[], ours: 1 | 2, theirs: 1 | 2): Promise<RelatedCode[]> {
  return records.all<RelatedCode>(
    `SELECT ${KNOWN}, relationship_id AS relationship
     FROM concept_relationship JOIN concept ON concept_id = concept_id_${theirs}
     WHERE list_contains($ids::BIGINT[], concept_id_${ours}) AND concept_id_1 <> concept_id_2
     GROUP BY 1, 2, 4 ORDER BY 4, 1, 2`,
    { ids },
  );
}

/** The vocabularies that the records know, and how many codes each has. */
export async function knownVocabularies(
  records: Pick<Records, 'all'>,
): Promise<{ vocabulary: string; codes: number }[]> {
  const rows = await records.all<{ vocabulary: string; codes: string }>(
    'SELECT vocabulary_id AS vocabulary, count(DISTINCT concept_code) AS codes FROM concept GROUP BY 1 ORDER BY 1',
  );
  return rows.map(({ vocabulary, codes }) => ({ vocabulary, codes: Number(codes) }));
}

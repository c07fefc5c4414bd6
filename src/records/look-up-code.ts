import { anyNormalizedCodeSql, type CodePattern, isDotless, normalizeCode } from '../vocabulary/index.ts';
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
const KNOWN = 'vocabulary_id AS vocabulary, concept_code AS code, concept_name AS name';

/** Looks a code up in the vocabulary tables; `undefined` where it is not in them. */
export async function lookUpCode(
  records: Pick<Records, 'all'>,
  vocabulary: string,
  code: string,
): Promise<CodeEntry | undefined> {
  const asked = { vocabulary, code: normalizeCode(vocabulary, code) } satisfies Partial<CodePattern>;
  const [own] = await records.all<KnownCode & { id: string; kind: string | null }>(
    `SELECT concept_id AS id, ${KNOWN}, concept_class_id AS kind FROM concept WHERE vocabulary_id = $vocabulary AND ${CODE} = $code
     ORDER BY concept_id LIMIT 1`,
    asked,
  );
  if (!own) return undefined;
  const { id, ...entry } = own;
  const [above, below] = isDotless(vocabulary) ? await byPrefix(records, asked) : await byHierarchy(records, id);
  return {
    ...entry,
    above,
    below,
    mapsTo: await related(records, id, 1, 2),
    mappedFrom: await related(records, id, 2, 1),
  };
}

type Both = readonly [above: KnownCode[], below: KnownCode[]];

async function byPrefix(records: Pick<Records, 'all'>, asked: { vocabulary: string; code: string }): Promise<Both> {
  const where = (test: string) =>
    records.all<KnownCode>(
      `SELECT ${KNOWN} FROM concept WHERE vocabulary_id = $vocabulary AND ${CODE} <> $code AND ${test} ORDER BY code`,
      asked,
    );
  return [await where(`starts_with($code, ${CODE})`), await where(`starts_with(${CODE}, $code)`)];
}

async function byHierarchy(records: Pick<Records, 'all'>, id: string): Promise<Both> {
  const where = (theirs: string, ours: string, order: string) =>
    records.all<KnownCode>(
      `SELECT ${KNOWN} FROM concept_ancestor JOIN concept ON concept_id = ${theirs}
       WHERE ${ours} = $id::BIGINT AND ${theirs} <> ${ours} ORDER BY ${order} vocabulary, code`,
      { id },
    );
  return [
    await where('ancestor_concept_id', 'descendant_concept_id', 'min_levels_of_separation DESC,'),
    await where('descendant_concept_id', 'ancestor_concept_id', ''),
  ];
}

function related(records: Pick<Records, 'all'>, id: string, ours: 1 | 2, theirs: 1 | 2): Promise<RelatedCode[]> {
  return records.all<RelatedCode>(
    `SELECT DISTINCT ${KNOWN}, relationship_id AS relationship
     FROM concept_relationship JOIN concept ON concept_id = concept_id_${theirs}
     WHERE concept_id_${ours} = $id::BIGINT AND concept_id_1 <> concept_id_2 ORDER BY relationship, vocabulary, code`,
    { id },
  );
}

/** The vocabularies that the records know, and how many codes each has. */
export async function knownVocabularies(
  records: Pick<Records, 'all'>,
): Promise<{ vocabulary: string; codes: number }[]> {
  const rows = await records.all<{ vocabulary: string; codes: string }>(
    'SELECT vocabulary_id AS vocabulary, count(*) AS codes FROM concept GROUP BY 1 ORDER BY 1',
  );
  return rows.map(({ vocabulary, codes }) => ({ vocabulary, codes: Number(codes) }));
}

/** How codes of a system are compared, how they are written, and what stands below one. Rules: `SPEC.md`. */
import type { ConceptSet } from '../protocol/index.ts';

/** A code that counts, ready to compare. */
export interface CodePattern {
  /** OMOP vocabulary id. */
  readonly vocabulary: string;
  /** As {@link normalizeCode} writes it. */
  readonly code: string;
  /**
   * What counts beside the code: nothing; the codes that begin with it (ICD); those that the records' own hierarchy
   * (`concept_ancestor`) puts below it.
   */
  readonly below: 'nothing' | 'by-prefix' | 'by-hierarchy';
  /** The codes of other systems that a crosswalk of the records gives for all these count too. */
  readonly mapped: boolean;
  /** What the pattern finds is not of the set. */
  readonly exclude: boolean;
}

/** Vocabularies whose codes are classified by their own beginning, and after how many characters the dot stands. */
const DOT_AFTER: Readonly<Record<string, number | undefined>> = {
  ICD9CM: 3,
  ICD9Proc: 2,
  ICD10CM: 3,
  ICD10: 3,
  ICD10PCS: undefined, // has no dot
  ICD10GM: 3,
};

/** Whether sources set or leave out the dot of this vocabulary's codes at will. */
export function isDotless(vocabulary: string): boolean {
  return Object.hasOwn(DOT_AFTER, vocabulary);
}

/** A code as it is compared: capitals, no spaces; ICD codes without their dot, which sources set or leave out. */
export function normalizeCode(vocabulary: string, code: string): string {
  const plain = code.trim().toUpperCase();
  return isDotless(vocabulary) ? plain.replaceAll('.', '') : plain;
}

/** {@link normalizeCode} of a vocabulary as SQL; `code` is an SQL expression. */
export function normalizedCodeSql(vocabulary: string, code: string): string {
  const plain = `upper(trim(${code}))`;
  return isDotless(vocabulary) ? `replace(${plain}, '.', '')` : plain;
}

/** {@link normalizedCodeSql} where the vocabulary is an SQL expression too. */
export function anyNormalizedCodeSql(vocabulary: string, code: string): string {
  const names = Object.keys(DOT_AFTER).map((name) => `'${name}'`);
  return `CASE WHEN ${vocabulary} IN (${names.join(', ')}) THEN ${normalizedCodeSql('ICD10CM', code)} ELSE upper(trim(${code})) END`;
}

/** A code as its vocabulary writes it: `L942` is `L94.2`, `E8000` of ICD-9-CM is `E800.0`. */
export function writtenCode(vocabulary: string, code: string): string {
  const plain = normalizeCode(vocabulary, code);
  const usual = DOT_AFTER[vocabulary];
  if (usual === undefined) return plain;
  const after = vocabulary === 'ICD9CM' && plain.startsWith('E') ? usual + 1 : usual;
  return plain.length > after ? `${plain.slice(0, after)}.${plain.slice(after)}` : plain;
}

/** The codes of a concept set. */
export function codePatterns(set: ConceptSet): CodePattern[] {
  return set.codes.map(({ system, code, descendants, mapped, exclude }) => ({
    vocabulary: system,
    code: normalizeCode(system, code),
    below: !descendants ? 'nothing' : isDotless(system) ? 'by-prefix' : 'by-hierarchy',
    mapped,
    exclude,
  }));
}

/** Whether a code of the records is the pattern's, or below it by its own beginning; hierarchies are not asked. */
export function matchesCode(pattern: CodePattern, vocabulary: string, code: string): boolean {
  if (vocabulary !== pattern.vocabulary) return false;
  const plain = normalizeCode(vocabulary, code);
  return pattern.below === 'by-prefix' ? plain.startsWith(pattern.code) : plain === pattern.code;
}

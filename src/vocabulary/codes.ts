/** How codes of a system are compared, and what stands below one. Rules: `SPEC.md`. */
import type { ConceptSet } from '../protocol/index.ts';

/** A code that counts, ready to compare. */
export interface CodePattern {
  /** OMOP vocabulary id. */
  readonly vocabulary: string;
  /** As {@link normalizeCode} writes it. */
  readonly code: string;
  /** Codes below it count too. */
  readonly descendants: boolean;
}

/** Vocabularies whose codes are classified by their own beginning. */
const BY_PREFIX: ReadonlySet<string> = new Set(['ICD9CM', 'ICD9Proc', 'ICD10CM', 'ICD10', 'ICD10PCS', 'ICD10GM']);

/** Whether sources set or leave out the dot of this vocabulary's codes at will. */
export function isDotless(vocabulary: string): boolean {
  return BY_PREFIX.has(vocabulary);
}

/** A code as it is compared: capitals, no spaces; ICD codes without their dot, which sources set or leave out. */
export function normalizeCode(vocabulary: string, code: string): string {
  const plain = code.trim().toUpperCase();
  return isDotless(vocabulary) ? plain.replaceAll('.', '') : plain;
}

/** The codes of a concept set. `descendants` is true only where the vocabulary's own codes say what stands below. */
export function codePatterns(set: ConceptSet): CodePattern[] {
  return set.codes.map(({ system, code, descendants }) => ({
    vocabulary: system,
    code: normalizeCode(system, code),
    descendants: descendants && BY_PREFIX.has(system),
  }));
}

/** Whether a code of the records is the pattern's, or below it. */
export function matchesCode(pattern: CodePattern, vocabulary: string, code: string): boolean {
  if (vocabulary !== pattern.vocabulary) return false;
  const plain = normalizeCode(vocabulary, code);
  return pattern.descendants ? plain.startsWith(pattern.code) : plain === pattern.code;
}

import { asciiSet, isIn } from './characters.ts';

/** The marks that stand among words where cues are sought. */
export const MARKS = [',', ';', ':', '(', ')', '(-)', '(+)', '-ve', '+ve'] as const;

const MARK_CODES = asciiSet(/[,;:()+-]/);

/** May a mark begin with this character? */
export function isMarkCode(code: number): boolean {
  return isIn(MARK_CODES, code);
}

/** Is it a mark, as triggers write it? */
export function isMarkText(word: string): boolean {
  return (MARKS as readonly string[]).includes(word);
}

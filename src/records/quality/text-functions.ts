import type { Records } from '../open-records.ts';

/**
 * Makes the functions that checks compare texts with.
 *
 * `main.is_blank(text)`: there is no text, or only white space. `main.name_key(name)`: a name as linkage compares it
 * (R21): without case, spaces, punctuation and diacritics.
 */
export async function addTextFunctions(records: Pick<Records, 'run'>): Promise<void> {
  // A search stops at the first letter; trim would copy every text whole.
  await records.run(`CREATE MACRO main.is_blank(text) AS text IS NULL OR NOT regexp_matches(text, '[^\\s\\x{A0}]')`);
  await records.run(`
    CREATE MACRO main.name_key(name) AS
      regexp_replace(${spelledOut('lower(strip_accents(name))')}, '[^\\p{L}\\p{N}]', '', 'g')`);
}

/** Letters that Unicode does not take apart, as `person-keys.ts` spells them. */
function spelledOut(text: string): string {
  const pairs = [
    ['ß', 'ss'],
    ['æ', 'ae'],
    ['œ', 'oe'],
    ['þ', 'th'],
  ] as const;
  const doubled = pairs.reduce((sql, [letter, letters]) => `replace(${sql}, '${letter}', '${letters}')`, text);
  return `translate(${doubled}, 'øłđðı', 'olddi')`;
}

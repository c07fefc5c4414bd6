/** Names and numbers as linkage compares them: what two offices write differently is folded away. Rules R20 to R23. */

/** A record number without the spaces around it and the zeros before it; `null` where nothing is left. */
export function recordNumberKey(text: string | null): string | null {
  return text?.trim().replace(/^0+/, '') || null;
}

/** A name in small letters and digits, without spaces, punctuation and diacritics; `null` where nothing is left. */
export function nameKey(text: string | null): string | null {
  if (text === null) return null;
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => SPELLED[letter] ?? letter);
  return plain.replace(/[^\p{L}\p{N}]/gu, '') || null;
}

/** {@link nameKey} of the first of several given names: `Anna` of `Anna Maria`. */
export function firstNameKey(text: string | null): string | null {
  return nameKey(text?.trim().split(/\s+/, 1)[0] ?? null);
}

/** Letters that Unicode does not take apart, as they are spelled where they are missing. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** A person, or what a row says of one, ready to compare. A birth date is as precise as its source. */
export interface PersonKeys {
  readonly record_number: string | null;
  readonly family_name: string | null;
  readonly given_name: string | null;
  readonly first_name: string | null;
  readonly birth_date: string | null;
  /** Only the score asks for it. */
  readonly sex: string | null;
}

/** The keys of what a source says. `birth_date` is a partial date. */
export function personKeys(said: Omit<PersonKeys, 'first_name'>): PersonKeys {
  return {
    record_number: recordNumberKey(said.record_number),
    family_name: nameKey(said.family_name),
    given_name: nameKey(said.given_name),
    first_name: firstNameKey(said.given_name),
    birth_date: said.birth_date?.slice(0, 'YYYY-MM-DD'.length) ?? null,
    sex: said.sex === 'unknown' ? null : said.sex,
  };
}

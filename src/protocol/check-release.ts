import type { Checker } from './checker.ts';
import type { Protocol } from './schema.ts';

/** ORCIDs have a right check digit, and nobody is an author twice. */
export function checkRelease(checker: Checker, { release: { authors } }: Protocol): void {
  for (const [at, { name, orcid }] of authors.entries()) {
    const path = ['release', 'authors', at];
    if (orcid !== undefined && orcid.at(-1) !== checkDigit(orcid)) {
      const message = `\`${orcid}\` is no ORCID: its last digit does not fit the others.`;
      checker.add([...path, 'orcid'], 'orcid', message, 'Copy it from orcid.org.');
    }
    const isTwice = authors
      .slice(0, at)
      .some((one) => one.name === name || (orcid !== undefined && one.orcid === orcid));
    if (isTwice) checker.add(path, 'author-twice', 'This author is there twice.', 'Leave one out.');
  }
}

/** ISO 7064 MOD 11-2, as ORCID has it. */
function checkDigit(orcid: string): string {
  const digits = [...orcid.replaceAll('-', '')].slice(0, -1).map(Number);
  const total = digits.reduce((sum, digit) => (sum + digit) * 2, 0);
  const rest = (12 - (total % 11)) % 11;
  return rest === 10 ? 'X' : String(rest);
}

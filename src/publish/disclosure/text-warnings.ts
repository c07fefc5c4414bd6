/** What somebody wrote freely and is printed: footnotes, labels, reasons of searches; and dates in it. Rules R54 to R56. */
import type { Results } from '../../analysis/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import type { DisclosureWarning } from './warning.ts';

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';
/** A date finer than a year, as people write it. */
const EXACT = new RegExp(
  [
    String.raw`\b\d{4}-\d{1,2}(?:-\d{1,2})?\b`,
    String.raw`\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b`,
    String.raw`\b(?:\d{1,2}\.? )?(?:${MONTHS})(?: \d{1,2},?)? \d{4}\b`,
    String.raw`\b(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\.? (?:\d{1,2}, )?\d{4}\b`,
  ].join('|'),
);

/** Texts that the protocol's authors wrote about people: each footnote of a table once. */
export function textWarnings(
  { tables }: Protocol,
  searches: readonly { readonly id: number; readonly why: string | null }[],
): DisclosureWarning[] {
  const ofTables = tables.flatMap((table) => {
    const groups = 'groups' in table ? table.groups : [];
    const rows = groups.flatMap((group) => [
      ...group.notes,
      ...group.rows.flatMap((row) => [
        ...('notes' in row ? row.notes : []),
        ...('rows' in row ? (row.rows ?? []).flatMap((inner) => inner.notes) : []),
      ]),
    ]);
    return [...new Set([...rows, ...table.footnotes])].map((text, at) => ({
      code: 'free-text' as const,
      place: `${table.id}/footnotes/${at + 1}`,
      text: `A footnote was written by hand: "${shortened(text)}"`,
    }));
  });
  const ofSearches = searches.flatMap(({ id, why }) =>
    why === null
      ? []
      : [{ code: 'free-text' as const, place: `searches/${id}`, text: 'The reason of a search was written by hand.' }],
  );
  return [...ofTables, ...ofSearches];
}

/** Dates in what is printed, and the choice to shift dates rather than to leave them out. */
export function dateWarnings({ release }: Protocol, { tables }: Results): DisclosureWarning[] {
  const shifted: DisclosureWarning[] =
    release.dates === 'shifted'
      ? [
          {
            code: 'shifted-dates',
            place: 'release.dates',
            text: 'Full dates leave, moved per person. That is not Safe Harbor: it needs the word of an expert (45 CFR 164.514(b)(1)).',
          },
        ]
      : [];
  const printed = tables.flatMap(({ id, title, columns, rows, footnotes }) => [
    [id, title] as const,
    ...columns.map((one) => [`${id}/columns/${one.id}`, one.label] as const),
    ...rows.flatMap((row) => [
      [`${id}/${row.id}`, `${row.group} ${row.label}`] as const,
      ...row.cells.map((cell) => [`${id}/${row.id}/${cell.column}`, cell.text] as const),
    ]),
    ...footnotes.map(({ text }, at) => [`${id}/footnotes/${at + 1}`, text] as const),
  ]);
  const dated = printed
    .filter(([, text]) => EXACT.test(text))
    .map(([place]) => ({ code: 'exact-date' as const, place, text: 'A date finer than a year is printed.' }));
  return [...shifted, ...dated];
}

const SHOWN = 80;

function shortened(text: string): string {
  const plain = text.trim().replaceAll(/\s+/g, ' ');
  return plain.length <= SHOWN ? plain : `${plain.slice(0, SHOWN)}\u2026`;
}

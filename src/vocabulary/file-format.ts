/**
 * What a file of a classification is, told from its lines. Five layouts are read:
 *
 * - `code-table`: CSV with the header `code,billable,description`
 * - `code-order`: fixed columns of CMS, `icd10cm_order_2025.txt`: order number, code, 1 where it is billable, short name, long name
 * - `code-list`: code, spaces, name: `icd10cm_codes_2025.txt`, `CMS32_DESC_LONG_DX.txt`; billable codes only
 * - `gem-table`: CSV with the header `source,scenario,type,approximate,choice_list,target`
 * - `gem-list`: source, target, five flags: `2018_I9gem.txt`
 */
import { basename } from 'node:path';
import { ChartproofError, type Place } from '../base/index.ts';
import { classification, classificationOf } from './classifications.ts';
import { normalizeCode } from './codes.ts';
import { type Crosswalk, gemPartner } from './crosswalks.ts';
import type { FileLine } from './file-lines.ts';

/** What a file has, and how it is written. */
export type FileFormat =
  | { readonly of: 'codes'; readonly layout: 'code-table' | 'code-order' | 'code-list'; readonly system: string }
  | { readonly of: 'crosswalk'; readonly layout: 'gem-table' | 'gem-list'; readonly crosswalk: Crosswalk };

type Layout = FileFormat['layout'];

/** How a line of each layout without a header looks; the first group is the code, the second of a GEM its target. */
export const lineForms = {
  'code-order': /^\d{5} ([0-9A-Z]{2,7}) *([01]) (.{0,60}) ?(.*)$/,
  'code-list': /^(?=[A-Z]?\d|[0-9A-HJ-NP-Z]{7}\s)([0-9A-Z]{2,7}(?:\.[0-9A-Z]{1,4})?)\s+(\S.*)$/,
  'gem-list': /^([0-9A-Z]{2,7})\s+([0-9A-Z]{2,7}|No\w+)\s+(\d{5})$/,
} as const;

const HEADERS: readonly (readonly [string, Layout])[] = [
  ['code,billable,description', 'code-table'],
  ['source,scenario,type,approximate,choice_list,target', 'gem-table'],
];

/**
 * The format of a file. The classification (of a GEM: that of its sources) is `system`, else what the name of the file says, else
 * the only one that has such codes. Errors: `vocabulary.unknown-format`, `vocabulary.unknown-system`.
 */
export function fileFormat(path: string, lines: readonly FileLine[], system?: string): FileFormat {
  const layout = layoutOf(path, lines);
  const given = system === undefined ? undefined : classification(system);
  const [sources, targets] = codesOf(layout, lines);
  if (layout !== 'gem-table' && layout !== 'gem-list') {
    const found = given ?? classificationByName(path) ?? classificationOf(sources);
    if (found === undefined) throw cannotTell({ file: path, line: lines[0]?.number ?? 1 });
    return { of: 'codes', layout, system: found };
  }
  const from = given ?? sourceByName(path) ?? classificationOf(sources) ?? gemPartner(classificationOf(targets) ?? '');
  const to = from === undefined ? undefined : gemPartner(from);
  if (from === undefined || to === undefined) throw cannotTell({ file: path, line: lines[0]?.number ?? 1 });
  return { of: 'crosswalk', layout, crosswalk: { from, to } };
}

/** The layout that the first lines have. */
function layoutOf(path: string, lines: readonly FileLine[]): Layout {
  const first = lines[0]?.text.toLowerCase().replaceAll(' ', '');
  const table = HEADERS.find(([header]) => header === first);
  if (table) return table[1];
  for (const { text } of lines.slice(0, LOOKED_AT)) {
    const layout = (['gem-list', 'code-order', 'code-list'] as const).find((each) => lineForms[each].test(text));
    if (layout) return layout;
  }
  throw new ChartproofError(
    'vocabulary.unknown-format',
    'This is no file of a classification or a crosswalk that is known here.',
    {
      tip: 'docs/vocabulary.md shows the files that are read.',
      place: { file: path, line: lines[0]?.number ?? 1 },
    },
  );
}

/** A file may begin with a few lines that are none of its own. */
const LOOKED_AT = 20;

/** All codes as they are compared; of a GEM the sources, then the targets. */
function codesOf(layout: Layout, lines: readonly FileLine[]): readonly [string[], string[]] {
  const sources: string[] = [];
  const targets: string[] = [];
  const body = layout === 'code-table' || layout === 'gem-table' ? lines.slice(1) : lines;
  for (const { text } of body) {
    const cells =
      layout === 'code-table' || layout === 'gem-table' ? text.split(',') : lineForms[layout].exec(text)?.slice(1);
    if (cells?.[0] !== undefined) sources.push(normalizeCode('ICD10CM', cells[0]));
    const target = layout === 'gem-table' ? cells?.at(-1) : cells?.[1];
    if (target !== undefined && !/^No/i.test(target)) targets.push(normalizeCode('ICD10CM', target));
  }
  return [sources, targets];
}

function classificationByName(path: string): string | undefined {
  const name = basename(path)
    .toLowerCase()
    .replaceAll(/[-_. ]/g, '');
  return NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/icd10pcs/, 'ICD10PCS'],
  [/icd10gm/, 'ICD10GM'],
  [/icd10cm/, 'ICD10CM'],
  [/icd9(?:cm)?(?:proc|sg)|cms\d\ddesc(?:long|short)sg/, 'ICD9Proc'],
  [/icd9cm|cms\d\ddesc(?:long|short)dx/, 'ICD9CM'],
];

function sourceByName(path: string): string | undefined {
  const name = basename(path)
    .toLowerCase()
    .replaceAll(/[-_. ]/g, '');
  return SOURCE_NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

/** As CMS names them (`2018_I9gem.txt`, `gem_i9pcs.txt`), and in words. */
const SOURCE_NAMES: readonly (readonly [RegExp, string])[] = [
  [/i9pcs/, 'ICD9Proc'],
  [/pcsi9/, 'ICD10PCS'],
  [/i9gem|9to10/, 'ICD9CM'],
  [/i10gem|10to9/, 'ICD10CM'],
];

function cannotTell(place: Place): ChartproofError {
  return new ChartproofError(
    'vocabulary.unknown-system',
    'It cannot be told which classification these codes are of.',
    {
      tip: 'Say it: --system ICD10CM (of a crosswalk, the classification of its first column).',
      place,
    },
  );
}

import { parse } from 'csv-parse/sync';
import { isCodeOf } from './classifications.ts';
import { normalizeCode, writtenCode } from './codes.ts';
import { type FileFormat, lineForms } from './file-format.ts';

/** Why a line of a vocabulary file cannot be used. */
export type LineRefusal = 'vocabulary.bad-line' | 'vocabulary.bad-code' | 'vocabulary.bad-flags';

/** What a line says. Codes are as their vocabulary writes them. */
export type ParsedLine =
  | { readonly kind: 'code'; readonly code: string; readonly name: string; readonly isBillable: boolean }
  | {
      readonly kind: 'mapping';
      readonly source: string;
      readonly target: string;
      /** Scenario and choice list (`1.2`) where the source needs several targets together. */
      readonly combination: string | undefined;
    }
  /** The crosswalk says that it has nothing for the source. */
  | { readonly kind: 'no-map'; readonly source: string }
  | { readonly kind: 'refused'; readonly reason: LineRefusal };

/** Reads a line that is not the header. Rules R9 to R13. */
export function parseLine(format: FileFormat, text: string): ParsedLine {
  switch (format.layout) {
    case 'code-table': {
      const cells = cellsOf(text);
      const [code = '', billable = '', name = ''] = cells ?? [];
      const is = YES_NO[billable.toLowerCase()];
      return cells?.length === 3 && is !== undefined && name !== '' ? codeLine(format, code, name, is) : badLine;
    }
    case 'code-order': {
      const [, code = '', flag, short = '', long = ''] = lineForms['code-order'].exec(text) ?? [];
      const name = long.trim() || short.trim();
      return name === '' ? badLine : codeLine(format, code, name, flag === '1');
    }
    case 'code-list': {
      const [, code = '', name = ''] = lineForms['code-list'].exec(text) ?? [];
      return name === '' ? badLine : codeLine(format, code, name, true);
    }
    case 'gem-table':
      return gemTableLine(format, cellsOf(text));
    case 'gem-list':
      return gemListLine(format, text);
  }
}

const badLine = { kind: 'refused', reason: 'vocabulary.bad-line' } as const;
const badCode = { kind: 'refused', reason: 'vocabulary.bad-code' } as const;
const badFlags = { kind: 'refused', reason: 'vocabulary.bad-flags' } as const;

const YES_NO: Readonly<Record<string, boolean>> = { true: true, false: false, '1': true, '0': false };

type Codes = Extract<FileFormat, { of: 'codes' }>;
type Gem = Extract<FileFormat, { of: 'crosswalk' }>;

function codeLine({ system }: Codes, code: string, name: string, isBillable: boolean): ParsedLine {
  if (!isCodeOf(system, normalizeCode(system, code))) return badCode;
  return { kind: 'code', code: writtenCode(system, code), name: name.trim(), isBillable };
}

const TYPES: ReadonlySet<string> = new Set(['simple', 'combination', 'no_map']);

function gemTableLine(format: Gem, cells: readonly string[] | undefined): ParsedLine {
  if (cells?.length !== GEM_CELLS) return badLine;
  const [source = '', scenario = '', type = '', approximate = '', choice = '', target = ''] = cells;
  const areFlags = /^\d$/.test(scenario) && /^\d$/.test(choice) && YES_NO[approximate.toLowerCase()] !== undefined;
  if (!TYPES.has(type) || !areFlags) return badFlags;
  return gemLine(format, {
    source,
    target,
    isNone: type === 'no_map',
    isCombined: type === 'combination',
    scenario,
    choice,
  });
}

const GEM_CELLS = 6;

/** The five flags: approximate, no map, combination, scenario, choice list. */
function gemListLine(format: Gem, text: string): ParsedLine {
  const [, source = '', target = '', flags = ''] = lineForms['gem-list'].exec(text) ?? [];
  if (flags === '') return badLine;
  const [, none, combined, scenario, choice] = /^[01]([01])([01])(\d)(\d)$/.exec(flags) ?? [];
  if (scenario === undefined || choice === undefined) return badFlags;
  return gemLine(format, { source, target, isNone: none === '1', isCombined: combined === '1', scenario, choice });
}

interface GemLine {
  readonly source: string;
  readonly target: string;
  readonly isNone: boolean;
  readonly isCombined: boolean;
  readonly scenario: string;
  readonly choice: string;
}

/** A combination has a scenario and a choice list from 1 on; a single mapping has neither: else the flags are wrong. */
function gemLine({ crosswalk: { from, to } }: Gem, line: GemLine): ParsedLine {
  const { source, target, isNone, isCombined, scenario, choice } = line;
  if (!isCodeOf(from, normalizeCode(from, source))) return badCode;
  const written = writtenCode(from, source);
  const isNamed = !/^no(?:dx|pcs)?$/i.test(target) && target !== '';
  if (isNone) return isCombined || isNamed ? badFlags : { kind: 'no-map', source: written };
  if ((scenario !== '0') !== isCombined || (choice !== '0') !== isCombined) return badFlags;
  if (!isCodeOf(to, normalizeCode(to, target))) return badCode;
  const combination = isCombined ? `${scenario}.${choice}` : undefined;
  return { kind: 'mapping', source: written, target: writtenCode(to, target), combination };
}

/** The cells of a CSV line; `undefined` where it is none. */
function cellsOf(text: string): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(',').map((cell) => cell.trim());
  try {
    const records = parse(text, { trim: true, relax_column_count: true });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
}

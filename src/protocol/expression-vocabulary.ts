/** What FHIRPath itself has names for: functions that a protocol may call, those it may not, and words that are no plain names. */
import { dateFunctions } from './expression-functions.ts';

/** How many arguments functions take, least and most. (FHIRPath 2.0.0 and what fhirpath.js adds that needs no server) */
const BY_ARGUMENTS: readonly (readonly [least: number, most: number, names: string])[] = [
  [
    0,
    0,
    'empty not allTrue anyTrue allFalse anyFalse isDistinct distinct count sum min max avg single first last tail',
  ],
  [0, 0, 'type hasValue children descendants upper lower length toChars trim'],
  [0, 0, 'toInteger toLong toDecimal toString toDate toDateTime toTime toBoolean'],
  [0, 0, 'convertsToBoolean convertsToInteger convertsToLong convertsToDecimal convertsToString'],
  [0, 0, 'convertsToDate convertsToDateTime convertsToTime abs ceiling exp floor ln sqrt truncate'],
  [0, 0, 'yearOf monthOf dayOf hourOf minuteOf secondOf millisecondOf timezoneOffsetOf dateOf timeOf'],
  [0, 1, 'exists join round lowBoundary highBoundary toQuantity convertsToQuantity'],
  [1, 1, Object.keys(dateFunctions).join(' ')],
  [1, 1, 'where all select repeat take skip combine union intersect exclude subsetOf supersetOf ofType is as'],
  [1, 1, 'indexOf lastIndexOf startsWith endsWith contains split log power'],
  [1, 2, 'aggregate substring matches matchesFull'],
  [2, 2, 'replace replaceMatches'],
  [2, 3, 'iif'],
  [0, 99, 'sort'],
  [1, 99, 'coalesce'],
];

/** Functions that a protocol may call, each with the least and the most arguments that it takes. */
export const knownFunctions: ReadonlyMap<string, readonly [least: number, most: number]> = new Map(
  BY_ARGUMENTS.flatMap(([least, most, names]) => names.split(' ').map((name) => [name, [least, most]] as const)),
);

const CLOCK = 'The same study would give other numbers on another day. Use a date of the chart or %study.end.';

/** Functions that FHIRPath has and a protocol must not call, and why not. */
export const forbiddenFunctions: Readonly<Record<string, string>> = {
  today: CLOCK,
  now: CLOCK,
  timeOfDay: CLOCK,
  trace: 'It would write values of the chart to the screen.',
};

const UNITS = 'year month week day hour minute second millisecond'.split(' ').flatMap((unit) => [unit, `${unit}s`]);

const RESERVED: ReadonlySet<string> = new Set([...UNITS, ...'and or xor implies div mod true false'.split(' ')]);

/** A name as an expression must write it: in backquotes where it is a word of FHIRPath's own grammar, such as `day`. */
export function asName(name: string): string {
  return RESERVED.has(name) ? `\`${name}\`` : name;
}

/** Names that an expression about a subject or a record has already; no instrument and no variable may take them. */
export const takenNames = ['id', 'person', 'study', 'response', 'value', 'context', 'resource', 'ucum'] as const;

/** What a criterion is compiled with, and the words of SQL that its parts have in common. */
import type { Protocol } from '../../protocol/index.ts';
import type { Parameter, TableName } from '../../records/index.ts';
import type { GivenTables } from './given-tables.ts';

/** `authorized`: the tables behind the gate; `found`: those of whom it was narrowed to; `main`: all persons, to be counted only. */
export type Side = 'authorized' | 'found' | 'main';

/** What is known while a criterion is compiled. */
export interface Compiling extends GivenTables {
  readonly protocol: Protocol;
  readonly side: Side;
  /** The table of hits of each note query. */
  readonly noteTables: ReadonlyMap<string, string>;
  /** The units that measurements of the records have. */
  readonly units: readonly string[];
  /** Whether somebody asks how long events lasted (`overlapping`): otherwise they end on the day on which they began. */
  readonly withEnds: boolean;
  /** A value as a parameter of the query. */
  bind(value: Parameter): string;
}

/** Where events of a kind stand, and the columns of their id and day. */
export interface EventTable {
  readonly table: string;
  /** The table of the records whose rows these are, where it is another: hits of notes. */
  readonly rowsOf?: TableName;
  readonly id: string;
  readonly date: string;
  /** The latest day to which an event may have lasted, as SQL; absent: it lasts a day. */
  readonly until?: string;
  readonly where: readonly string[];
}

/** The last day that a date of the records may mean. */
export function lastOf(date: string): string {
  return `main.last_possible(${date}, ${date}_source)`;
}

/** A column that has one of the values. */
export function oneOf(to: Compiling, column: string, values: readonly string[]): string {
  return `list_contains(${to.bind(values)}, ${column})`;
}

/** The same where any are asked for, else nothing. */
export function optional(to: Compiling, column: string, values: readonly string[] | undefined): string[] {
  return values === undefined ? [] : [oneOf(to, column, values)];
}

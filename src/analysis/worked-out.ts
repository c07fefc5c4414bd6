import { PreparedFocus, type StatisticSpec } from '../protocol/index.ts';
import type { SettledSubject } from '../review/index.ts';
import type { Given } from './value-row.ts';

/** What was worked out of a subject, each thing once: rows, columns and statistics ask the same of everybody again and again. */
export class WorkedOut {
  /** What expressions gave, by their text. */
  readonly answers = new Map<string, unknown>();
  /** What the subject brings to each statistic. */
  readonly rows = new Map<StatisticSpec, Given>();
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #records: SettledSubject['records'];
  #focus: PreparedFocus | undefined;
  #missing: ReadonlyMap<string, string> | undefined;

  /** `given` is what expressions see of the subject. */
  constructor(given: Readonly<Record<string, unknown>>, { records }: SettledSubject) {
    this.#given = given;
    this.#records = records;
  }

  /** What expressions see, prepared for them. */
  get focus(): PreparedFocus {
    this.#focus ??= new PreparedFocus(this.#given);
    return this.#focus;
  }

  /** The kind of the first missing value of each `instrument.field` that has one. */
  get missing(): ReadonlyMap<string, string> {
    this.#missing ??= missingIn(this.#records);
    return this.#missing;
  }
}

function missingIn(records: SettledSubject['records']): ReadonlyMap<string, string> {
  const kinds = new Map<string, string>();
  for (const [instrument, rows] of Object.entries(records)) {
    for (const { values } of rows) {
      for (const [field, { answer }] of Object.entries(values)) {
        const name = `${instrument}.${field}`;
        if ('missing' in answer && !kinds.has(name)) kinds.set(name, answer.missing);
      }
    }
  }
  return kinds;
}

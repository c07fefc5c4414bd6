import { z } from 'zod';

/** A part of one format for which the other has no equal. */
export interface LeftOut {
  /** Where it stands: `InclusionRules[0].expression.CriteriaList[1]`, `exclusions[2].rule`. */
  readonly at: string;
  readonly why: string;
}

export type Path = readonly (string | number)[];

/** What a translation could not say, and where what it says is read differently. */
export class Account {
  readonly #leftOut: LeftOut[] = [];
  readonly #differs = new Set<string>();

  /** Names a part that is not written; returns nothing, as whoever reads the part does then. */
  leave(path: Path, why: string): undefined {
    this.#leftOut.push({ at: z.core.toDotPath(path), why });
  }

  /** Names each key that asks something and is not among the known ones; whether there are any. */
  leaveOthers(object: object, known: readonly string[], path: Path, why = 'There is nothing like it here.'): boolean {
    const others = Object.entries(object).filter(([key, value]) => !known.includes(key) && !asksNothing(value));
    for (const [key] of others) this.leave([...path, key], why);
    return others.length > 0;
  }

  /** Names, once, what both sides say but each works out in a way of its own. */
  differ(how: string): void {
    this.#differs.add(how);
  }

  get leftOut(): readonly LeftOut[] {
    return this.#leftOut;
  }

  get differs(): readonly string[] {
    return [...this.#differs];
  }
}

/** Null, false, and what holds nothing else. */
export function asksNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true;
  return typeof value === 'object' && Object.values(value).every(asksNothing);
}

import type { Account } from './import-report.ts';
import type { QuarantineReason } from './quarantine-reasons.ts';

interface Counts {
  lines: number;
  /** Lines that became rows: the merge says which of them stand. */
  decoded: number;
  unmapped: number;
  quarantined: number;
}

/** The counts of a part of an import, by type and by reason. */
export interface Tallied {
  readonly types: Readonly<Record<string, Readonly<Counts>>>;
  readonly reasons: Readonly<Partial<Record<QuarantineReason, number>>>;
}

/** Counts lines while they are read, and closes the account when it is known which of them stand. */
export class Tally {
  readonly #byType = new Map<string, Counts>();
  readonly #reasons = new Map<QuarantineReason, number>();

  decoded(type: string): void {
    this.#count(type, 'decoded');
  }

  unmapped(type: string): void {
    this.#count(type, 'unmapped');
  }

  quarantined(type: string, reason: QuarantineReason): void {
    this.#count(type, 'quarantined');
    this.#because(reason, 1);
  }

  /** Lines that were decoded and then found not to fit (linkage). */
  withdrawn(type: string, reason: QuarantineReason, lines: number): void {
    const counts = this.#byType.get(type);
    if (!counts || lines === 0) return;
    counts.decoded -= lines;
    counts.quarantined += lines;
    this.#because(reason, lines);
  }

  /** Adds what was counted elsewhere. */
  add({ types, reasons }: Tallied): void {
    for (const [type, more] of Object.entries(types)) {
      const counts = this.#countsOf(type);
      for (const what of ['lines', 'decoded', 'unmapped', 'quarantined'] as const) counts[what] += more[what];
    }
    for (const [reason, lines] of Object.entries(reasons)) this.#because(reason as QuarantineReason, lines);
  }

  /** All that was counted. */
  all(): Tallied {
    return { types: Object.fromEntries(this.#byType), reasons: this.reasons() };
  }

  /** The account by type, types sorted; `stored` says how many lines of a type stand. */
  byType(stored: ReadonlyMap<string, number>): Record<string, Account> {
    const types = [...this.#byType].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      types.map(([type, { lines, decoded, unmapped, quarantined }]) => {
        const standing = stored.get(type) ?? 0;
        return [type, { lines, stored: standing, superseded: decoded - standing, unmapped, quarantined }];
      }),
    );
  }

  reasons(): Partial<Record<QuarantineReason, number>> {
    return Object.fromEntries([...this.#reasons].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #count(type: string, what: 'decoded' | 'unmapped' | 'quarantined'): void {
    const counts = this.#countsOf(type);
    counts.lines += 1;
    counts[what] += 1;
  }

  #countsOf(type: string): Counts {
    const known = this.#byType.get(type);
    if (known) return known;
    const counts = { lines: 0, decoded: 0, unmapped: 0, quarantined: 0 };
    this.#byType.set(type, counts);
    return counts;
  }

  #because(reason: QuarantineReason, lines: number): void {
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + lines);
  }
}

/** The sum of accounts. */
export function totalOf(accounts: readonly Account[]): Account {
  const sum = (of: keyof Account) => accounts.reduce((total, account) => total + account[of], 0);
  return {
    lines: sum('lines'),
    stored: sum('stored'),
    superseded: sum('superseded'),
    unmapped: sum('unmapped'),
    quarantined: sum('quarantined'),
  };
}

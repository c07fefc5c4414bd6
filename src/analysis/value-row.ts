/** What one subject brings to a computation; all as text, empty where it does not apply. */
export interface ValueRow {
  readonly subject: string;
  readonly value: string;
  readonly second: string;
  readonly group: string;
  readonly groupLabel: string;
  readonly stratum: string;
}

/** A row, undefined where something is not known, `elsewhere` for a subject of a group that is not compared. */
export type Given = ValueRow | undefined | 'elsewhere';

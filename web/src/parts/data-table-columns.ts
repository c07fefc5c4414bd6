import { createSortedRowModel, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import type { ReactNode } from 'react';

/** A column of a `DataTable`. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** What it is sorted by, and shown as where `cell` is absent; nothing comes last, whichever way it is sorted. */
  readonly value: (row: Row) => string | number | null | undefined;
  readonly cell?: (row: Row) => ReactNode;
  /** Of CSS, such as `120px` or `30%`; absent: what the others leave. */
  readonly width?: string;
  /** `right` for numbers that are compared. */
  readonly align?: 'right';
  /** Default true. */
  readonly isSortable?: boolean;
}

/** What the tables of the app can do. */
export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

const words = new Intl.Collator('en', { numeric: true });

/** Orders two values of a column: numbers as numbers, words with their numbers as numbers (S2 before S10). */
export function compareValues(a: unknown, b: unknown): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b));
}

import { z } from 'zod';

/** Limits that several checks ask for, with their defaults. Days and years are whole. */
export const limitsSchema = z.strictObject({
  // Sixty days let the papers after a death come in: Data Quality Dashboard, plausibleBeforeDeath.
  days_after_death: z.int().min(0).default(60),
  earliest_birth: z.int().min(1800).max(2100).default(1900),
  oldest_age: z.int().min(1).max(200).default(120),
  longest_visit: z.int().min(1).default(400).describe('days'),
  shortest_note: z.int().min(2).max(1000).default(20).describe('characters'),
});

export type Limits = z.output<typeof limitsSchema>;

import type { z } from 'zod';
import type { fieldForm, instrumentForm } from '../../../../src/server/contract/index.ts';

/** A field as the form shows it. */
export type FieldForm = z.infer<typeof fieldForm>;
/** An instrument as the form shows it. */
export type InstrumentForm = z.infer<typeof instrumentForm>;

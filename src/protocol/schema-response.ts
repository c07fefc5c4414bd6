import { z } from 'zod';
import { expression, identifier, words } from './schema-words.ts';

/** What one assessment says of a lesion, in the engine's own words. */
export const lesionStatuses = ['resolved', 'improved', 'unchanged', 'worsened', 'recurred', 'not-evaluable'] as const;
export type LesionStatus = (typeof lesionStatuses)[number];

export const responseSchema = z.strictObject({
  assessments: z
    .strictObject({
      instrument: identifier.describe('The repeating instrument'),
      lesion: identifier.describe('Field: which lesion'),
      date: identifier.describe('Field: when it was assessed'),
      status: identifier.describe('Field: how it was'),
    })
    .describe('The repeating instrument that holds the assessments'),
  statuses: z.record(z.string(), z.enum(lesionStatuses)).describe('What each choice of the status field means'),
  start: expression.describe('Day zero of the treatment; focus: the subject'),
  categories: z
    .array(
      z.strictObject({
        code: z.string().describe('Stored, and used in expressions'),
        label: z.string().describe(words.label),
        when: expression
          .optional()
          .describe(
            'Focus: the lesion: assessments, evaluable, resolved, regressed, recurred, persisted, worsened, last, days. Absent: every lesion left over',
          ),
      }),
    )
    .min(2)
    .describe('Best first. A lesion has the first category whose rule holds'),
  unknown: z.string().describe('The category of a lesion or a subject that cannot be judged'),
  patient: z
    .enum(['best', 'worst', 'all'])
    .describe('Best or worst of the known lesions; all: the worst, unknown where one is unknown'),
  responders: z.array(z.string()).describe('The categories that count as response'),
});

export type ResponseRules = z.infer<typeof responseSchema>;

/** Somebody who reads a chart of the tests' study, change by change. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../entry.ts';
import type { PsoriasisStudy } from '../psoriasis-study.test-support.ts';
import { completeRecords } from './complete.ts';
import { claimChart } from './queue.ts';
import { type Change, type Saved, saveDraft } from './save-draft.ts';
import { type FormStage, stageOf } from './stages.ts';
import { UNSAID, type Word, wordsOf } from './words.ts';

export const AT = '2024-03-01T10:00:00Z';

export interface TestReader {
  readonly subject: string;
  words(): Word[];
  word(field: string, row?: string): Word | undefined;
  /** Saves a change; `seen` defaults to what stands there. */
  save(field: string, answer: Answer | null, more?: Partial<Change>): Promise<Saved>;
  complete(stage: FormStage, record?: { instrument: string; row: string }): Promise<void>;
}

/** A reader who has taken the chart of a person at both stages as far as it is their turn. */
export function reader(study: PsoriasisStudy, name: string, person = 'Patient/1'): TestReader {
  const { review } = study;
  const subject = study.subject(person);
  const words = () => wordsOf(review.database, subject, name);
  const word = (field: string, row = '') => words().find((one) => one.field === field && one.row === row);
  return {
    subject,
    words,
    word,
    save(field, answer, more = {}) {
      const of = review.protocol.instruments.find(({ fields }) => fields.some(({ id }) => id === field))?.id ?? '';
      const instrument = more.instrument ?? of;
      claimChart(review, stageOf(review.protocol, instrument), subject, name, AT);
      const seen = word(field, more.row)?.revision ?? UNSAID;
      const change = { changeId: randomUUID(), subject, instrument, row: '', field, reviewer: name, answer, seen };
      return saveDraft(review, { ...change, ...more }, AT);
    },
    complete: (stage, record) =>
      completeRecords(review, { subject, reviewer: name, stage, ...(record ? { record } : {}) }, AT),
  };
}

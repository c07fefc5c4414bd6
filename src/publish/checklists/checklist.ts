/** The key of what answers an item: a function of {@link answers}. */
import type { AnswerKey } from './answers.ts';

/** An item of a checklist of a journal, asked in our own short words. */
export interface ChecklistItem {
  /** Its number in the statement; where numbers changed between editions, its topic. */
  readonly item: string;
  readonly section: string;
  readonly asks: string;
  readonly by: AnswerKey;
}

/** A reporting guideline. */
export interface Checklist {
  readonly id: 'strobe' | 'record' | 'process';
  readonly title: string;
  /** Where the statement itself is published. */
  readonly source: string;
  readonly items: readonly ChecklistItem[];
}

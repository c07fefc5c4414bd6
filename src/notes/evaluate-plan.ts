/**
 * Asks a plan of one note, by its text. What depends on other notes is asked of whoever has them. Rules R35 to R42 and R52
 * to R60 of SPEC.md.
 */
import type { Span } from './analysis.ts';
import { findWords, isTrue, mentionAt, type Place } from './ask-note.ts';
import { inOrder } from './match-text.ts';
import type { ReadNote } from './read-note.ts';
import type { PersonPlan, Plan, WithinPlan } from './resolve-query.ts';
import type { Mention } from './stored-note.ts';

/** What a note alone cannot answer. Each question is of one set, so that an index can answer from sets made before. */
export interface OtherNotes {
  /** Whether the note's person is one of a `person(...)`. */
  isOfPerson(plan: PersonPlan, note: ReadNote): boolean;
  /** Whether that side of the plan is true of the note, and the other of a note of the person within the days. */
  isWithin(plan: WithinPlan, side: 'left' | 'right', note: ReadNote): boolean;
}

/** The places that make the plan true of the note, in order; `undefined` where it is false. */
export function mentionsOf(plan: Plan, note: ReadNote, others: OtherNotes): Mention[] | undefined {
  const spans = new Reading(note, others).ask(plan);
  return spans && inOrder(spans).map((span) => mentionAt(note, span));
}

type Found = readonly Place[] | undefined;

const TRUE: Found = [];

/** What has one answer for the whole note. */
type NotePlan = Exclude<Plan, { kind: 'and' | 'or' | 'not' }>;

/** One note while it is asked; every leaf is answered once, however many sentences want to know. */
class Reading {
  readonly note: ReadNote;
  readonly others: OtherNotes;
  private readonly ofNote = new Map<NotePlan, Found>();

  constructor(note: ReadNote, others: OtherNotes) {
    this.note = note;
    this.others = others;
  }

  /** Asks of the whole note, or of one sentence what can be asked of one. */
  ask(plan: Plan, sentence?: Span): Found {
    switch (plan.kind) {
      case 'words':
        return sentence ? startingIn(this.askNote(plan), sentence) : this.askNote(plan);
      case 'and':
        return allOf(plan.of, (one) => this.ask(one, sentence));
      case 'or':
        return anyOf(plan.of.map((one) => this.ask(one, sentence)));
      case 'not':
        return this.ask(plan.of, sentence) ? undefined : TRUE;
      case 'sentence':
        return sentence ? this.ask(plan.of, sentence) : this.askNote(plan);
      default:
        return this.askNote(plan);
    }
  }

  private askNote(plan: NotePlan): Found {
    if (!this.ofNote.has(plan)) this.ofNote.set(plan, this.answer(plan));
    return this.ofNote.get(plan);
  }

  private answer(plan: NotePlan): Found {
    const { note } = this;
    switch (plan.kind) {
      case 'words':
        return findWords(plan, note);
      case 'sentence':
        return anyOf(note.analysis().sentences.map((sentence) => this.ask(plan.of, sentence)));
      case 'person':
        return this.others.isOfPerson(plan, note) ? (this.anyCondition(plan.of) ?? TRUE) : undefined;
      case 'within':
        return anyOf([this.side(plan, 'left'), this.side(plan, 'right')]);
      case 'note':
        return this.ask(plan.of);
      default:
        return isTrue(plan, note) ? TRUE : undefined;
    }
  }

  private anyCondition(ofPerson: Plan): Found {
    return anyOf(conditionsOfPerson(ofPerson).map((one) => this.ask(one)));
  }

  private side(plan: WithinPlan, side: 'left' | 'right'): Found {
    return this.others.isWithin(plan, side, this.note) ? this.ask(plan[side]) : undefined;
  }
}

function allOf(of: readonly Plan[], ask: (plan: Plan) => Found): Found {
  const all: Place[] = [];
  for (const one of of) {
    const found = ask(one);
    if (!found) return undefined;
    for (const span of found) all.push(span);
  }
  return all;
}

function anyOf(answers: readonly Found[]): Found {
  const found = answers.filter((one) => one !== undefined);
  return found.length > 0 ? found.flat() : undefined;
}

/** Of spans by their start, those that start in the sentence. */
function startingIn(spans: Found, sentence: Span): Found {
  if (!spans) return undefined;
  const from = firstFrom(spans, sentence.start);
  const to = firstFrom(spans, sentence.end);
  return to > from ? spans.slice(from, to) : undefined;
}

function firstFrom(spans: readonly Place[], offset: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a person's condition asks of notes, without what it denies: where this stands in a note, it is shown. */
function conditionsOfPerson(plan: Plan): readonly Plan[] {
  if (plan.kind === 'and' || plan.kind === 'or') return plan.of.flatMap(conditionsOfPerson);
  if (plan.kind === 'person') return conditionsOfPerson(plan.of);
  return plan.kind === 'not' ? [] : [plan];
}

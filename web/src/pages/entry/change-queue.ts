/**
 * What somebody enters, on its way to the server: every change is sent at once, one after the other, and kept until the server
 * says that it has it. Where no server answers, the same change goes again, by the same id, until one does; a second change of
 * a field takes the place of one that was not sent yet. Nothing is written to the disk of the browser: what is entered is of a chart.
 *
 * A field goes through these states:
 *
 *     saved -> waiting -> saved              the server has it
 *              waiting -> refused            it will not take it (a quotation that is not there); the next change goes again
 *              waiting -> conflict           something else stands there by now; nothing more of this field is sent
 *     conflict -> waiting | saved            somebody says whose holds: `keepMine`, `takeTheirs`
 */
import type { AnswerView } from '../../../../src/server/contract/index.ts';

/** A field of a record of the chart. `row` is empty where the instrument does not repeat. */
export interface FieldPlace {
  readonly instrument: string;
  readonly row: string;
  readonly field: string;
}

/** What stands at the server; `answer` is null where nothing is said. */
export interface StoredWord {
  readonly answer: AnswerView | null;
  readonly revision: string;
}

export interface Change extends FieldPlace {
  readonly changeId: string;
  readonly answer: AnswerView | null;
  /** The revision that it is to change. */
  readonly ifMatch: string;
}

/** What became of a change that was sent. */
export type Outcome =
  | { readonly kind: 'saved'; readonly word: StoredWord }
  | { readonly kind: 'conflict'; readonly current: StoredWord }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unreachable' };

/** How a field stands. `answer` is what whoever enters sees: their own word, until it is saved or given up. */
export type FieldState =
  | { readonly kind: 'saved'; readonly answer: AnswerView | null }
  | { readonly kind: 'waiting'; readonly answer: AnswerView | null }
  | { readonly kind: 'refused'; readonly answer: AnswerView | null; readonly message: string }
  | { readonly kind: 'conflict'; readonly answer: AnswerView | null; readonly theirs: StoredWord };

/** How all stands: `unsaved` changes that the server has not, and whether it can be reached. */
export interface QueueState {
  readonly unsaved: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly isReachable: boolean;
  /** When the server last took a change (ms since 1970). */
  readonly savedAt: number | undefined;
}

/** Whether something was entered that the server has not: on its way, in conflict, or refused. */
export function hasOpenChanges({ unsaved, conflicts, refused }: QueueState): boolean {
  return unsaved + conflicts + refused > 0;
}

/** On what a queue works. */
export interface QueueOptions {
  readonly send: (change: Change) => Promise<Outcome>;
  readonly newId: () => string;
  readonly now: () => number;
  /** Calls back after this many ms; a test decides when. */
  readonly later: (work: () => void, ms: number) => void;
}

interface Held {
  readonly place: FieldPlace;
  stored: StoredWord;
  /** What waits to be sent, or was sent and has no answer yet. */
  change: Change | undefined;
  /** The server may have the change, though it did not say so: it goes again as it is, before anything else of this field. */
  wasSent: boolean;
  /** What was entered after the change was sent. */
  next: { readonly answer: AnswerView | null } | undefined;
  theirs: StoredWord | undefined;
  refused: { readonly answer: AnswerView | null; readonly message: string } | undefined;
}

const RETRY_MS = [500, 1_000, 2_000, 5_000] as const;
const NOTHING: StoredWord = { answer: null, revision: '0' };

export class ChangeQueue {
  readonly #options: QueueOptions;
  readonly #fields = new Map<string, Held>();
  readonly #order: Held[] = [];
  readonly #watchers = new Set<() => void>();
  #isSending = false;
  #failures = 0;
  #savedAt: number | undefined;
  #state: QueueState | undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** What the server told of a field. A field with a change on its way, or in conflict, keeps what was entered. */
  told(place: FieldPlace, word: StoredWord): void {
    const held = this.#held(place);
    if (held.change || held.theirs) return;
    if (held.refused && word.revision === held.stored.revision) return;
    held.refused = undefined;
    held.stored = word;
    this.#changed();
  }

  /** Enters an answer; null withdraws it. */
  enter(place: FieldPlace, answer: AnswerView | null): void {
    const held = this.#held(place);
    held.refused = undefined;
    if (held.theirs) held.change = { ...held.place, changeId: '', answer, ifMatch: held.theirs.revision };
    else if (held.change && held.wasSent) held.next = { answer };
    else this.#queue(held, answer);
    this.#changed();
    this.#send();
  }

  /** In a conflict: what was entered here holds, and goes to the server as a change of what stands there. */
  keepMine(place: FieldPlace): void {
    const held = this.#held(place);
    if (!held.theirs || !held.change) return;
    const { answer } = held.change;
    held.stored = held.theirs;
    held.theirs = undefined;
    this.#queue(held, answer);
    this.#changed();
    this.#send();
  }

  /** In a conflict: what stands at the server holds. */
  takeTheirs(place: FieldPlace): void {
    const held = this.#held(place);
    if (!held.theirs) return;
    Object.assign(held, { stored: held.theirs, theirs: undefined, change: undefined, next: undefined });
    this.#changed();
  }

  /** Tries again at once: the browser says that it is online. */
  retry(): void {
    this.#send();
  }

  /** How a field stands. */
  field(place: FieldPlace): FieldState {
    const held = this.#fields.get(keyOf(place));
    if (!held) return { kind: 'saved', answer: null };
    if (held.theirs) return { kind: 'conflict', answer: held.change?.answer ?? null, theirs: held.theirs };
    if (held.refused) return { kind: 'refused', ...held.refused };
    const waiting = held.next ?? held.change;
    return waiting ? { kind: 'waiting', answer: waiting.answer } : { kind: 'saved', answer: held.stored.answer };
  }

  /** The revision at which a field stands at the server, as far as is known here. */
  revision(place: FieldPlace): string {
    return this.#fields.get(keyOf(place))?.stored.revision ?? NOTHING.revision;
  }

  /** How all stands: the same object until something changes. */
  readonly state = (): QueueState => {
    this.#state ??= {
      unsaved: this.#order.length,
      conflicts: [...this.#fields.values()].filter(({ theirs }) => theirs).length,
      refused: [...this.#fields.values()].filter(({ refused }) => refused).length,
      isReachable: this.#failures === 0,
      savedAt: this.#savedAt,
    };
    return this.#state;
  };

  /** Told whenever something changes; gives what ends it. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  #held(place: FieldPlace): Held {
    const key = keyOf(place);
    const known = this.#fields.get(key);
    if (known) return known;
    const { instrument, row, field } = place;
    const held: Held = {
      place: { instrument, row, field },
      stored: NOTHING,
      change: undefined,
      wasSent: false,
      next: undefined,
      theirs: undefined,
      refused: undefined,
    };
    this.#fields.set(key, held);
    return held;
  }

  /** Puts a change into the queue, in place of one of the field that was never sent. */
  #queue(held: Held, answer: AnswerView | null): void {
    held.change = { ...held.place, changeId: this.#options.newId(), answer, ifMatch: held.stored.revision };
    held.wasSent = false;
    if (!this.#order.includes(held)) this.#order.push(held);
  }

  #send(): void {
    const held = this.#order[0];
    if (this.#isSending || !held?.change) return;
    this.#isSending = true;
    held.wasSent = true;
    const { change } = held;
    this.#options.send(change).then(
      (outcome) => this.#sent(held, change, outcome),
      (error: unknown) => {
        this.#sent(held, change, { kind: 'refused', message: 'The change could not be sent.' });
        throw error;
      },
    );
  }

  #sent(held: Held, change: Change, outcome: Outcome): void {
    this.#isSending = false;
    if (outcome.kind === 'unreachable') {
      const ms = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 0;
      this.#failures += 1;
      this.#options.later(() => this.#send(), ms);
      this.#changed();
      return;
    }
    this.#failures = 0;
    this.#order.shift();
    const { next } = held;
    held.change = undefined;
    held.next = undefined;
    if (outcome.kind === 'saved') {
      held.stored = outcome.word;
      this.#savedAt = this.#options.now();
      if (next) this.#queue(held, next.answer);
    } else if (outcome.kind === 'conflict') {
      held.theirs = outcome.current;
      held.change = { ...change, answer: next ? next.answer : change.answer };
    } else if (next) this.#queue(held, next.answer);
    else held.refused = { answer: change.answer, message: outcome.message };
    this.#changed();
    this.#send();
  }

  #changed(): void {
    this.#state = undefined;
    for (const watcher of this.#watchers) watcher();
  }
}

function keyOf({ instrument, row, field }: FieldPlace): string {
  return JSON.stringify([instrument, row, field]);
}

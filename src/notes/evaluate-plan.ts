/** Asks a plan of one note. Rules R35 to R42 of SPEC.md. */
import { sectionAt } from './analyse-note.ts';
import type { NoteAnalysis, Section, Span } from './analysis.ts';
import { assertionAt } from './assertion.ts';
import { inOrder } from './match-text.ts';
import { asserts, type Plan, type WordsPlan } from './resolve-query.ts';
import type { Mention } from './stored-note.ts';
import type { Tokens } from './tokens.ts';

/** A note to be asked. What is dear is worked out when it is asked for. */
export interface ReadNote {
  readonly personId: string;
  readonly type: string | null;
  readonly specialty: string | null;
  /** The days that its date may mean; `null` without a date. */
  readonly days: { readonly first: string; readonly last: string } | null;
  text(): string;
  tokens(): Tokens;
  analysis(): NoteAnalysis;
}

/** Whether the persons of a `person(...)` have this one among them. */
export type PersonTest = (plan: Plan, personId: string) => boolean;

/** The places that make the plan true of the note, in order; `undefined` where it is false. */
export function mentionsOf(plan: Plan, note: ReadNote, isPerson: PersonTest): Mention[] | undefined {
  const spans = evaluate(plan, note, isPerson);
  return spans && inOrder(spans).map((span) => mentionAt(note, span));
}

type Found = readonly Span[] | undefined;

const TRUE: Found = [];

function evaluate(plan: Plan, note: ReadNote, isPerson: PersonTest): Found {
  const ask = (one: Plan): Found => evaluate(one, note, isPerson);
  switch (plan.kind) {
    case 'words':
      return findWords(plan, note);
    case 'and':
      return evaluateAll(plan.of, ask);
    case 'or':
      return evaluateAny(plan.of, ask);
    case 'not':
      return ask(plan.of) ? undefined : TRUE;
    case 'note':
      return ask(plan.of);
    case 'person':
      return isPerson(plan, note.personId) ? (evaluateAny(conditionsOfPerson(plan.of), ask) ?? TRUE) : undefined;
    case 'section':
      return note.analysis().sections.some((section) => plan.holds(section.kind, headingOf(section, note)))
        ? TRUE
        : undefined;
    case 'type':
    case 'specialty':
      return plan.holds(note[plan.kind] ?? '') ? TRUE : undefined;
    case 'date':
      return note.days && note.days.first <= plan.to && note.days.last >= plan.from ? TRUE : undefined;
  }
}

function evaluateAll(of: readonly Plan[], ask: (plan: Plan) => Found): Found {
  const all: Span[] = [];
  for (const one of of) {
    const found = ask(one);
    if (!found) return undefined;
    all.push(...found);
  }
  return all;
}

function evaluateAny(of: readonly Plan[], ask: (plan: Plan) => Found): Found {
  const found = of.map(ask).filter((one) => one !== undefined);
  return found.length > 0 ? found.flat() : undefined;
}

/** What a person's condition asks of notes, without what it denies: where this stands in a note, it is shown. */
function conditionsOfPerson(plan: Plan): readonly Plan[] {
  if (plan.kind === 'and' || plan.kind === 'or') return plan.of.flatMap(conditionsOfPerson);
  if (plan.kind === 'person') return conditionsOfPerson(plan.of);
  return plan.kind === 'not' ? [] : [plan];
}

function findWords(plan: WordsPlan, note: ReadNote): Found {
  const found = plan.find(note.tokens()).filter((span) => isMeant(plan, span, note));
  return found.length > 0 ? found : undefined;
}

function isMeant({ assertions, sections }: WordsPlan, span: Span, note: ReadNote): boolean {
  if (sections.length > 0) {
    const section = sectionAt(note.analysis(), span.start);
    const heading = section ? headingOf(section, note) : '';
    if (!sections.every((holds) => holds(section?.kind ?? 'preamble', heading))) return false;
  }
  if (assertions.length === 0) return true;
  const said = assertionAt(note.analysis(), span.start, span.end);
  return assertions.every((name) => asserts(name, said));
}

function headingOf(section: Section, note: ReadNote): string {
  return note.text().slice(section.start, section.bodyStart);
}

function mentionAt(note: ReadNote, { start, end }: Span): Mention {
  const { assertion, cue } = assertionAt(note.analysis(), start, end);
  const section = sectionAt(note.analysis(), start)?.kind ?? 'preamble';
  return { start, end, text: note.text().slice(start, end), assertion, ...(cue ? { cue } : {}), section };
}

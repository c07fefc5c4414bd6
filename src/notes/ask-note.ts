/** What a single condition comes to in one note (R36, R37, R40, R41 and R58 to R60 of SPEC.md). */
import { sectionAt } from './analyse-note.ts';
import type { Section, Span } from './analysis.ts';
import type { Match } from './match-text.ts';
import type { ReadNote } from './read-note.ts';
import { asserts, type Plan, type Term, type WordsPlan } from './resolve-query.ts';
import type { Mention } from './stored-note.ts';

type FilterPlan = Extract<Plan, { kind: 'section' | 'attribute' | 'date' | 'age' | 'sex' }>;

/** Whether a filter is true of the note. */
export function isTrue(plan: FilterPlan, note: ReadNote): boolean {
  switch (plan.kind) {
    case 'section':
      return note.analysis().sections.some((section) => plan.holds(section.kind, headingOf(section, note)));
    case 'attribute':
      return plan.holds(note[plan.name] ?? '');
    case 'date':
      return note.days !== null && note.days.first <= plan.to && note.days.last >= plan.from;
    case 'age':
      return note.age !== null && note.age.max >= plan.from && note.age.min <= plan.to;
    case 'sex':
      return note.sex === plan.sex;
  }
}

/** Where a term of the query stands. */
export type Place = Match<Term>;

/** Where the words stand of which everything holds; `undefined` where they do not. */
export function findWords(plan: WordsPlan, note: ReadNote): readonly Place[] | undefined {
  const found = plan.find(note.tokens(), note.text()).filter((span) => isMeant(plan, span, note));
  return found.length > 0 ? found : undefined;
}

function isMeant({ assertions, sections }: WordsPlan, span: Span, note: ReadNote): boolean {
  if (sections.length > 0) {
    const section = sectionAt(note.analysis(), span.start);
    const heading = section ? headingOf(section, note) : '';
    if (!sections.every((holds) => holds(section?.kind ?? 'preamble', heading))) return false;
  }
  if (assertions.length === 0) return true;
  const said = note.assertionAt(span.start, span.end);
  return assertions.every((name) => asserts(name, said));
}

function headingOf(section: Section, note: ReadNote): string {
  return note.text().slice(section.start, section.bodyStart);
}

/** What a reader is told of a place. */
export function mentionAt(note: ReadNote, { start, end, pattern: { term, set } }: Place): Mention {
  const { assertion, cue } = note.assertionAt(start, end);
  const section = sectionAt(note.analysis(), start)?.kind ?? 'preamble';
  const text = note.text().slice(start, end);
  return { start, end, text, term, ...(set === undefined ? {} : { set }), assertion, ...(cue ? { cue } : {}), section };
}

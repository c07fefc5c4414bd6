/** The places of a plan in the text of a note that is shown. */
import { mentionsOf, type OtherNotes } from '../evaluate-plan.ts';
import type { PersonPlan, Plan, WithinPlan } from '../resolve-query.ts';
import type { NoteHit } from '../stored-note.ts';
import { searchFor } from './evaluate.ts';
import type { NoteReader } from './read-notes.ts';
import type { Evaluation } from './search.ts';
import { findSides } from './within.ts';

/** Reads a note and tells its places; what depends on other notes is answered from sets, each made once. */
export function highlighter(plan: Plan, evaluation: Evaluation, reader: NoteReader): (note: number) => NoteHit {
  const search = { ...searchFor(evaluation, plan), places: false };
  const sets = new Map<PersonPlan | WithinPlan, readonly Int32Array[]>();
  const setsOf = (one: PersonPlan | WithinPlan): readonly Int32Array[] => {
    let known = sets.get(one);
    if (!known) {
      if (one.kind === 'person') known = [search.find(search, one).notes];
      else {
        const { left, right } = findSides(search, one);
        known = [left.notes, right.notes];
      }
      sets.set(one, known);
    }
    return known;
  };
  return (note) => {
    const others: OtherNotes = {
      isOfPerson: (one) => has(setsOf(one)[0], note),
      isWithin: (one, side) => has(setsOf(one)[side === 'left' ? 0 : 1], note),
    };
    return { ...reader.head(note), mentions: mentionsOf(plan, reader.read(note), others) ?? [] };
  };
}

/** Whether a note is among others, which ascend. */
function has(notes: Int32Array | undefined, note: number): boolean {
  if (!notes) return false;
  let [low, high] = [0, notes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((notes[middle] as number) < note) low = middle + 1;
    else high = middle;
  }
  return notes[low] === note;
}

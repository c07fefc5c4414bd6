/** Mentions of several terms as those of one word. */
import { type Mentions, MentionsBuilder } from './read-postings.ts';

/** The mentions of many terms in order; no two of them stand at one place. */
export function joinMentions(lists: readonly Mentions[]): Mentions {
  if (lists.length === 0) return new MentionsBuilder(0, 0).done();
  if (lists.length === 1) return lists[0] as Mentions;
  const half = lists.length >> 1;
  return joinTwo(joinMentions(lists.slice(0, half)), joinMentions(lists.slice(half)));
}

function joinTwo(a: Mentions, b: Mentions): Mentions {
  if (a.notes.length === 0) return b;
  if (b.notes.length === 0) return a;
  const out = new MentionsBuilder(a.notes.length + b.notes.length, a.places.length + b.places.length);
  const [left, right] = [new NoteCursor(a), new NoteCursor(b)];
  while (left.note !== END || right.note !== END) {
    const note = Math.min(left.note, right.note);
    let count = 0;
    let [i, j] = [left.from, right.from];
    const iEnd = left.note === note ? left.to : i;
    const jEnd = right.note === note ? right.to : j;
    for (; i < iEnd || j < jEnd; count++) {
      const takeLeft = j === jEnd || (i < iEnd && (a.places[i] as number) <= (b.places[j] as number));
      if (takeLeft) out.mention(a.places[i] as number, a.marks[i++] as number);
      else out.mention(b.places[j] as number, b.marks[j++] as number);
    }
    out.close(note, count);
    if (left.note === note) left.next();
    if (right.note === note) right.next();
  }
  return out.done();
}

/** The mentions of `all` that are not in `others`, which are some of them. */
export function withoutMentions(all: Mentions, others: Mentions): Mentions {
  const out = new MentionsBuilder(all.notes.length, all.places.length);
  const [cursor, other] = [new NoteCursor(all), new NoteCursor(others)];
  for (; cursor.note !== END; cursor.next()) {
    while (other.note < cursor.note) other.next();
    let skip = other.note === cursor.note ? other.from : other.to;
    const skipEnd = other.note === cursor.note ? other.to : skip;
    let count = 0;
    for (let i = cursor.from; i < cursor.to; i++) {
      if (skip < skipEnd && others.places[skip] === all.places[i]) skip++;
      else {
        out.mention(all.places[i] as number, all.marks[i] as number);
        count++;
      }
    }
    if (count > 0) out.close(cursor.note, count);
  }
  return out.done();
}

/** Beyond the last note. */
export const END = Number.POSITIVE_INFINITY;

/** Walks over the notes of mentions: those of the note are [from, to). */
export class NoteCursor {
  private readonly mentions: Mentions;
  private at = 0;
  note: number;
  from = 0;
  to: number;

  constructor(mentions: Mentions) {
    this.mentions = mentions;
    this.note = mentions.notes[0] ?? END;
    this.to = mentions.counts[0] ?? 0;
  }

  next(): void {
    this.at++;
    this.from = this.to;
    this.note = this.mentions.notes[this.at] ?? END;
    this.to += this.mentions.counts[this.at] ?? 0;
  }

  /** Goes to the first note that is not before. */
  seek(note: number): void {
    while (this.note < note) this.next();
  }
}

/** Words in a row, or near one another, in the notes that have all of them (R31 and R32 of SPEC.md). */
import { END, NoteCursor } from './mentions.ts';
import type { Mentions } from './read-postings.ts';
import type { Accepts } from './verdicts.ts';
import { verdictOf } from './verdicts.ts';

/** What is done with each mention of several words that is found: its first and last word. */
export interface Taker {
  mention(first: number, last: number): void;
  close(note: number, count: number): void;
}

/** Words in a row; one list a word. */
export function takeRows(words: readonly Mentions[], accepts: Accepts, out: Taker): void {
  const cursors = words.map((mentions) => new NoteCursor(mentions));
  const at = new Int32Array(words.length);
  eachCommonNote(cursors, (note) => {
    cursors.forEach(({ from }, word) => {
      at[word] = from;
    });
    const [first, firstCursor] = [words[0], cursors[0]];
    if (!first || !firstCursor) return;
    let count = 0;
    for (let i = firstCursor.from; i < firstCursor.to; i++) {
      const place = first.places[i] as number;
      const mark = first.marks[i] as number;
      const last = words.length === 1 ? mark : lastOfRow(words, cursors, at, place);
      if (last < 0 || accepts[verdictOf(mark, last)] !== 1) continue;
      out.mention(place, place + words.length - 1);
      count++;
    }
    if (count > 0) out.close(note, count);
  });
}

/** The mark of the last word of the row that begins at a place, or -1 where there is none. */
function lastOfRow(words: readonly Mentions[], cursors: readonly NoteCursor[], at: Int32Array, place: number): number {
  let mark = 0;
  for (let k = 1; k < words.length; k++) {
    const places = (words[k] as Mentions).places;
    const to = (cursors[k] as NoteCursor).to;
    let i = at[k] as number;
    while (i < to && (places[i] as number) < place + k) i++;
    at[k] = i;
    if (i === to || places[i] !== place + k) return -1;
    mark = (words[k] as Mentions).marks[i] as number;
  }
  return mark;
}

/** Visits the notes that all have, with each cursor at the note. */
function eachCommonNote(cursors: readonly NoteCursor[], visit: (note: number) => void): void {
  const [first] = cursors;
  if (!first) return;
  while (first.note !== END) {
    let furthest = first.note;
    for (const cursor of cursors) {
      cursor.seek(furthest);
      furthest = cursor.note;
    }
    if (furthest === first.note) {
      visit(furthest);
      first.next();
    } else first.seek(furthest);
  }
}

/**
 * The smallest stretches that hold all the words, each as often as it is wanted, in any order, with at most `near`
 * other words among them (R32).
 */
export function takeWindows(
  words: readonly { readonly mentions: Mentions; readonly wanted: number }[],
  near: number,
  accepts: Accepts,
  out: Taker,
): void {
  const cursors = words.map(({ mentions }) => new NoteCursor(mentions));
  const length = words.reduce((sum, { wanted }) => sum + wanted, 0);
  const row = new PlacesInRow(words.map(({ mentions }) => mentions));
  const missing = new Int32Array(words.length);
  eachCommonNote(cursors, (note) => {
    row.read(cursors);
    words.forEach(({ wanted }, word) => {
      missing[word] = wanted;
    });
    let [open, left, count] = [length, 0, 0];
    for (let right = 0; right < row.length; right++) {
      const word = row.word[right] as number;
      if ((missing[word] as number) > 0) open--;
      missing[word] = (missing[word] as number) - 1;
      while (open === 0) {
        const first = row.word[left] as number;
        const [from, to] = [row.place[left] as number, row.place[right] as number];
        const verdict = verdictOf(row.mark[left++] as number, row.mark[right] as number);
        missing[first] = (missing[first] as number) + 1;
        if ((missing[first] as number) <= 0) continue; // a spare one: the stretch shrinks
        open++;
        if (to - from + 1 - length > near || accepts[verdict] !== 1) continue;
        out.mention(from, to);
        count++;
      }
    }
    if (count > 0) out.close(note, count);
  });
}

/** The places of several words in one note, in a row; its arrays are used again for each note. */
class PlacesInRow {
  word = new Int32Array(64);
  place = new Int32Array(64);
  mark = new Int32Array(64);
  length = 0;
  private readonly words: readonly Mentions[];
  private readonly at: Int32Array;

  constructor(words: readonly Mentions[]) {
    this.words = words;
    this.at = new Int32Array(words.length);
  }

  read(cursors: readonly NoteCursor[]): void {
    const { words, at } = this;
    this.length = 0;
    cursors.forEach(({ from }, word) => {
      at[word] = from;
    });
    for (;;) {
      let least = -1;
      let place = END;
      for (let word = 0; word < words.length; word++) {
        const i = at[word] as number;
        if (i === (cursors[word] as NoteCursor).to) continue;
        const own = (words[word] as Mentions).places[i] as number;
        if (own < place) [least, place] = [word, own];
      }
      if (least < 0) return;
      const i = at[least] as number;
      at[least] = i + 1;
      this.push(least, place, (words[least] as Mentions).marks[i] as number);
    }
  }

  private push(word: number, place: number, mark: number): void {
    if (this.length === this.word.length) {
      [this.word, this.place, this.mark] = [doubled(this.word), doubled(this.place), doubled(this.mark)];
    }
    this.word[this.length] = word;
    this.place[this.length] = place;
    this.mark[this.length++] = mark;
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * array.length);
  more.set(array);
  return more;
}

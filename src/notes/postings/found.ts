/**
 * Sets of notes with what was found in them. Notes are numbers that ascend; all arrays of a set
 * are parallel, and its places stand note after note.
 */

/** Notes, how many mentions count in each, and, where they were asked for, which. */
export interface Found {
  readonly notes: Int32Array;
  readonly counts: Int32Array;
  readonly places?: Places | undefined;
}

/** The first and the last word of each mention, by note, then place, each once. */
export interface Places {
  readonly firsts: Int32Array;
  readonly lasts: Int32Array;
}

/** Notes of which something is true without a mention. */
export function withoutMentions(notes: Int32Array, places: boolean): Found {
  return { notes, counts: new Int32Array(notes.length), ...(places ? { places: NONE } : {}) };
}

const NONE: Places = { firsts: new Int32Array(), lasts: new Int32Array() };

/** Puts a set together, note after note. Room for so many notes and mentions. */
export class FoundBuilder {
  private readonly notes: Int32Array;
  private readonly counts: Int32Array;
  private readonly firsts: Int32Array | undefined;
  private readonly lasts: Int32Array | undefined;
  private size = 0;
  private filled = 0;

  constructor(notes: number, mentions: number, places: boolean) {
    this.notes = new Int32Array(notes);
    this.counts = new Int32Array(notes);
    if (places) [this.firsts, this.lasts] = [new Int32Array(mentions), new Int32Array(mentions)];
  }

  /** A mention of the note that is closed next; mentions come by place. */
  mention(first: number, last: number): void {
    if (!this.firsts || !this.lasts) return;
    this.firsts[this.filled] = first;
    this.lasts[this.filled++] = last;
  }

  /** Ends a note with so many mentions. */
  close(note: number, count: number): void {
    this.notes[this.size] = note;
    this.counts[this.size++] = count;
  }

  done(): Found {
    const { size, filled, firsts, lasts } = this;
    const places = firsts && lasts && { firsts: firsts.subarray(0, filled), lasts: lasts.subarray(0, filled) };
    return { notes: this.notes.subarray(0, size), counts: this.counts.subarray(0, size), places };
  }
}

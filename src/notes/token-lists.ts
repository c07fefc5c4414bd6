/** Lists in parallel arrays that a scanner fills for one note after the other. */
import { grown } from './word-numbers.ts';

const FIRST_ROOM = 1 << 10;

/** Words of a note; the arrays grow and are used again. */
export class WordList {
  count = 0;
  words = new Int32Array(FIRST_ROOM);
  surfaces = new Int32Array(FIRST_ROOM);
  starts = new Int32Array(FIRST_ROOM);
  ends = new Int32Array(FIRST_ROOM);

  push(word: number, surface: number, start: number, end: number): void {
    const at = this.count++;
    if (at === this.words.length) this.grow();
    this.words[at] = word;
    this.surfaces[at] = surface;
    this.starts[at] = start;
    this.ends[at] = end;
  }

  private grow(): void {
    this.words = grown(this.words);
    this.surfaces = grown(this.surfaces);
    this.starts = grown(this.starts);
    this.ends = grown(this.ends);
  }
}

/** Words and marks of a note as cues see them. */
export class TokenList {
  count = 0;
  cues = new Int32Array(FIRST_ROOM);
  starts = new Int32Array(FIRST_ROOM);
  ends = new Int32Array(FIRST_ROOM);

  push(cue: number, start: number, end: number): void {
    const at = this.count++;
    if (at === this.cues.length) this.grow();
    this.cues[at] = cue;
    this.starts[at] = start;
    this.ends[at] = end;
  }

  private grow(): void {
    this.cues = grown(this.cues);
    this.starts = grown(this.starts);
    this.ends = grown(this.ends);
  }
}

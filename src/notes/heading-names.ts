/** The names of headings as a tree of characters, so that words that are none are told by their first letters. */
import { ASCII } from './characters.ts';
import type { HeadingGroup } from './lexicon.ts';
import { grown } from './word-numbers.ts';

const SLASH = 0x2f;
const AMPERSAND = 0x26;
const BLANK = 0x20;

/** What a name in ASCII is made of, as small numbers: letters, digits, `/`, `&`, a blank. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789/& ';
const ROOM = LETTERS.length;
const letterOf = Int8Array.from({ length: ASCII }, (_, code) =>
  LETTERS.indexOf(String.fromCharCode(code).toLowerCase()),
);

export class HeadingNames {
  /** The tree: for each node, where each letter leads; 0, the root, is where nothing leads. */
  private next = new Int32Array(ROOM << 12);
  private nodes = 1;
  /** By node. */
  private readonly kindAt: (string | undefined)[] = [];
  private readonly kinds = new Map<string, string>();

  /** Where two groups have a name, the later one counts. */
  constructor(groups: readonly HeadingGroup[]) {
    for (const { kind, names } of groups) for (const name of names) this.add(plain(name), kind);
  }

  private add(name: string, kind: string): void {
    this.kinds.set(name, kind);
    let node = 0;
    for (let at = 0; at < name.length; at++) {
      const letter = letterOf[name.charCodeAt(at)] ?? -1;
      if (letter < 0) return; // not ASCII: found in `kinds` alone
      node = this.child(node, letter);
    }
    this.kindAt[node] = kind;
  }

  private child(node: number, letter: number): number {
    const place = node * ROOM + letter;
    const known = this.next[place] ?? 0;
    if (known > 0) return known;
    if ((this.nodes + 1) * ROOM > this.next.length) this.next = grown(this.next);
    this.next[place] = this.nodes;
    return this.nodes++;
  }

  /** The kind of section that the words between two offsets name, whatever the case and the marks among them. */
  kindOf(text: string, from: number, to: number): string | undefined {
    const { next } = this;
    const ascii = ASCII; // what another module exports is looked up at every use
    let node = 0;
    let parted = false;
    let tight = true; // no blank at the beginning, nor beside `/` and `&`
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code >= ascii) return this.kinds.get(plain(text.slice(from, to)));
      const letter = letterOf[code] as number;
      if (letter < 0 || code === BLANK) {
        parted = true;
        continue;
      }
      const joins = code === SLASH || code === AMPERSAND;
      if (parted && !tight && !joins) {
        node = next[node * ROOM + BLANK_LETTER] as number;
        if (node === 0) return undefined;
      }
      node = next[node * ROOM + letter] as number;
      if (node === 0) return undefined;
      parted = false;
      tight = joins;
    }
    return this.kindAt[node];
  }
}

const BLANK_LETTER = LETTERS.indexOf(' ');

/** A name as it is compared. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/&]+/gu, ' ')
    .replace(/ ?([/&]) ?/g, '$1')
    .trim();
}

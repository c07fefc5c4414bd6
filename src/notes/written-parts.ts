/** Words of a term written together, or apart: `night sweats`, `nightsweats` (R106 of SPEC.md). */

interface WrittenPart {
  /** The term with the change. */
  readonly term: string;
  readonly why: string;
  /** Notes with the rarer of the words that were put in. */
  readonly notes: number;
}

/** Finds neighbours written as one word, and words written as two. */
export class WrittenParts {
  private readonly words: readonly string[];
  private readonly joined = new Map<string, number[]>();
  private readonly seen = new Map<string, number>();

  constructor(words: readonly string[]) {
    this.words = words;
    for (let at = 0; at + 1 < words.length; at++) {
      const both = `${words[at]}${words[at + 1]}`;
      this.joined.set(both, [...(this.joined.get(both) ?? []), at]);
    }
  }

  see(word: string, notes: number): void {
    if (this.joined.has(word) || this.words.some((own) => own !== word && (own.startsWith(word) || own.endsWith(word))))
      this.seen.set(word, notes);
  }

  found(): WrittenPart[] {
    const together = [...this.joined].flatMap(([both, places]) =>
      places.map((at): WrittenPart => {
        const term = this.words.toSpliced(at, 2, both).join(' ');
        return { term, why: 'written as one word', notes: this.seen.get(both) ?? 0 };
      }),
    );
    const apart = this.words.flatMap((word, at) =>
      splits(word).map(([left, right]): WrittenPart => {
        const notes = Math.min(this.seen.get(left) ?? 0, this.seen.get(right) ?? 0);
        return {
          term: this.words.toSpliced(at, 1, left, right).join(' '),
          why: 'written as two words',
          notes,
        };
      }),
    );
    return [...together, ...apart].filter(({ notes }) => notes > 0);
  }
}

/** All ways to part a word in two of which one has at least three letters: `x ray`, `follow up`. */
function splits(word: string): [string, string][] {
  const all = Array.from({ length: Math.max(0, word.length - 1) }, (_, at): [string, string] => [
    word.slice(0, at + 1),
    word.slice(at + 1),
  ]);
  return all.filter(([left, right]) => Math.max(left.length, right.length) >= 3 && right.length > 1);
}

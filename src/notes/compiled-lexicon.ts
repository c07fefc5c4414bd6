import type { ScopeCategory } from './analysis.ts';
import { CueTree } from './cue-tree.ts';
import { HeadingNames } from './heading-names.ts';
import type { Lexicon } from './lexicon.ts';
import { triggersOf } from './triggers.ts';

/** A lexicon made ready to be looked up in; what nobody asks for is not made. */
export class CompiledLexicon {
  /** By the kind of section: what holds in it where no cue says otherwise. */
  readonly defaults: ReadonlyMap<string, ScopeCategory>;
  private readonly lexicon: Lexicon;
  private madeCues: CueTree | undefined;
  private madeHeadings: HeadingNames | undefined;

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
    this.defaults = new Map(lexicon.headings.flatMap((one) => (one.default ? [[one.kind, one.default] as const] : [])));
  }

  get cues(): CueTree {
    this.madeCues ??= new CueTree(triggersOf(this.lexicon.triggers));
    return this.madeCues;
  }

  get headings(): HeadingNames {
    this.madeHeadings ??= new HeadingNames(this.lexicon.headings);
    return this.madeHeadings;
  }
}

const compiled = new WeakMap<Lexicon, CompiledLexicon>();

/** Made once for each lexicon. */
export function compiledLexicon(lexicon: Lexicon): CompiledLexicon {
  const made = compiled.get(lexicon) ?? new CompiledLexicon(lexicon);
  compiled.set(lexicon, made);
  return made;
}

/** What holds in a section of this kind where no cue says otherwise: `family` in a family history. */
export function sectionDefault(lexicon: Lexicon, kind: string): ScopeCategory | undefined {
  return compiledLexicon(lexicon).defaults.get(kind);
}

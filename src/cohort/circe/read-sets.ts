/** ATLAS's concept sets as those of a protocol, each when a criterion first names it. Rule R128. */
import type { ConceptSet, VisitKind } from '../../protocol/index.ts';
import { knownVocabularies } from '../../vocabulary/index.ts';
import type { Account, Path } from './account.ts';
import { visitConcepts } from './kinds.ts';
import { Names } from './names.ts';
import type { CirceConceptSet, Definition } from './schema.ts';

type Item = NonNullable<CirceConceptSet['expression']['items']>[number];

/** `source`: ATLAS looks for the codes as the source wrote them; otherwise for standard concepts. */
export type Sought = 'standard' | 'source';

export class ReadSets {
  readonly concepts: Record<string, ConceptSet> = {};
  readonly #account: Account;
  readonly #sets: NonNullable<Definition['ConceptSets']>;
  readonly #names = new Names();
  readonly #read = new Map<number, string | undefined>();

  constructor(definition: Definition, account: Account) {
    this.#sets = definition.ConceptSets ?? [];
    this.#account = account;
  }

  /** The name of the set with this number; `undefined` where it could not be written, which is told at `path`. */
  named(id: number, sought: Sought, path: Path): string | undefined {
    const at = this.#sets.findIndex((one) => one.id === id);
    const set = this.#sets[at];
    if (!set) return this.#account.leave(path, `The definition has no concept set ${id}.`);
    if (!this.#read.has(id)) this.#read.set(id, this.#add(set, ['ConceptSets', at]));
    const name = this.#read.get(id);
    if (name === undefined) return this.#account.leave(path, `Its concept set ${id} could not be written.`);
    this.#tellHowSought(set, sought);
    return name;
  }

  /** The kind of visit that a set of visit concepts means. */
  visitKind(id: number, path: Path): VisitKind | undefined {
    const items = this.#sets.find((one) => one.id === id)?.expression.items ?? [];
    const ids = items.flatMap(({ concept, isExcluded }) => (isExcluded ? [] : [concept.CONCEPT_ID ?? 0]));
    const hasExcluded = ids.length < items.length;
    const kinds = Object.entries(visitConcepts) as [Exclude<VisitKind, 'any'>, readonly number[]][];
    const kind = kinds.find(([, known]) => ids.includes(known[0] ?? 0) && ids.every((one) => known.includes(one)));
    if (!kind || hasExcluded) {
      const there = kinds.map(([name]) => name).join(', ');
      return this.#account.leave(path, `Its set of visits is none of the kinds that there are here: ${there}.`);
    }
    this.#account.differ('Visits: ATLAS goes by concepts of the vocabulary Visit; here they go by their HL7 class.');
    return kind[0];
  }

  #add(set: CirceConceptSet, path: Path): string | undefined {
    const items = set.expression.items ?? [];
    if (items.every(({ isExcluded }) => isExcluded)) return this.#account.leave(path, 'The concept set is empty.');
    const codes = items.map((item, at) => this.#code(item, [...path, 'expression', 'items', at]));
    const written = codes.filter((code) => code !== undefined);
    if (written.length < codes.length) return undefined;
    const label = set.name?.trim() || `Concept set ${set.id}`;
    const name = this.#names.take(label);
    this.concepts[name] = { label, codes: written, terms: [] };
    return name;
  }

  #code({ concept, isExcluded, includeDescendants, includeMapped }: Item, path: Path) {
    const { CONCEPT_CODE: code, VOCABULARY_ID: system, STANDARD_CONCEPT: standard } = concept;
    if (!code || !system) return this.#account.leave(path, 'The concept has no code or no vocabulary.');
    if (includeMapped && standard == null)
      return this.#account.leave(
        path,
        'It is not said whether the concept is standard, on which `includeMapped` rests.',
      );
    if (!knownVocabularies.includes(system))
      this.#account.differ(
        `${system}: the vocabulary is not known here; its codes count where the records name it just so.`,
      );
    return {
      system,
      code,
      descendants: includeDescendants === true,
      // Only to a standard concept anything is mapped; ours also follows the mapping away from a code that is none.
      mapped: includeMapped === true && standard === 'S',
      exclude: isExcluded === true,
    };
  }

  #tellHowSought(set: CirceConceptSet, sought: Sought): void {
    if (sought === 'source') return;
    this.#account.differ(
      'Codes: ATLAS looks for the standard concept that each row was mapped to; here for the code that the row has. `mapped: true` adds the codes that an imported vocabulary maps to it.',
    );
    const isStandard = (set.expression.items ?? []).every(({ concept }) => concept.STANDARD_CONCEPT !== 'N');
    if (!isStandard)
      this.#account.differ(
        `${set.name ?? set.id}: ATLAS finds no row by those of its concepts that are not standard; here their codes count.`,
      );
  }
}

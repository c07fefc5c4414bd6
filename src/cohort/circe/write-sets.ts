/** Concept sets of a protocol as ATLAS's, each when a criterion first needs it. Rule R132. */
import type { ConceptSet, Protocol, VisitKind } from '../../protocol/index.ts';
import type { Account, Path } from './account.ts';
import { type CodedKind, codedKinds, sourceVocabularies, visitConcepts } from './kinds.ts';
import type { CirceConceptSet } from './schema.ts';

/** The key under which a criterion names a set, and the number of the set. */
export interface NamedSet {
  readonly key: string;
  readonly id: number;
}

export class WriteSets {
  readonly sets: CirceConceptSet[] = [];
  readonly #concepts: Protocol['concepts'];
  readonly #account: Account;
  readonly #numbers = new Map<string, number | undefined>();

  constructor({ concepts }: Pick<Protocol, 'concepts'>, account: Account) {
    this.#concepts = concepts;
    this.#account = account;
  }

  /** The set as a criterion of this kind names it; `undefined` where it cannot be written, which is told at `path`. */
  named(name: string, kind: CodedKind, path: Path): NamedSet | undefined {
    const set = this.#concepts[name];
    if (!set) return this.#account.leave(path, `There is no concept set \`${name}\`.`);
    if (kind === 'DrugExposure' && set.drugs)
      return this.#account.leave(
        path,
        'ATLAS finds drugs by their codes only, not by the names or routes of the concept set.',
      );
    if (!this.#numbers.has(name)) this.#numbers.set(name, this.#add(name, set));
    const id = this.#numbers.get(name);
    if (id === undefined) return this.#account.leave(path, `Its concept set \`${name}\` could not be written.`);
    return { key: set.codes.every(({ system }) => isSource(system)) ? codedKinds[kind][1] : 'CodesetId', id };
  }

  /** The number of the set of a kind of visits. */
  visits(kind: Exclude<VisitKind, 'any'>): number {
    const name = `visit ${kind}`; // no concept set of a protocol has a blank in its name
    const items = visitConcepts[kind].map((id) => ({
      concept: { CONCEPT_ID: id, VOCABULARY_ID: 'Visit', DOMAIN_ID: 'Visit' },
      ...NOTHING,
    }));
    const number = this.#numbers.get(name) ?? this.#push(`Visits: ${kind}`, items);
    this.#numbers.set(name, number);
    return number;
  }

  unitOf(name: string): string | undefined {
    return this.#concepts[name]?.unit;
  }

  #add(name: string, { label, codes }: ConceptSet): number | undefined {
    const path: Path = ['concepts', name, 'codes'];
    const sources = codes.filter(({ system }) => isSource(system));
    if (sources.length > 0 && sources.length < codes.length)
      return this.#account.leave(
        path,
        'ATLAS looks for standard codes and for those of ICD or NDC in different columns; a set has one sort.',
      );
    if (sources.some(({ mapped }) => mapped))
      return this.#account.leave(path, 'ATLAS does not follow what a code that is not standard is mapped to.');
    const below = sources.findIndex(({ descendants }) => descendants);
    if (below >= 0)
      this.#account.leave(
        [...path, below, 'descendants'],
        'OMOP has no hierarchy of ICD or NDC: add the codes below in ATLAS.',
      );
    this.#account.differ(
      'Concepts: a protocol has codes, and ATLAS goes by CONCEPT_ID, which is null here: look the codes up there, or it finds nobody by them.',
    );
    if (sources.length === 0)
      this.#account.differ(
        'Codes: ATLAS finds every row that was mapped to the concept, whatever code its source had.',
      );
    return this.#push(
      label,
      codes.map(({ system, code, descendants, mapped, exclude }) => ({
        concept: {
          CONCEPT_ID: null,
          CONCEPT_NAME: code,
          CONCEPT_CODE: code,
          VOCABULARY_ID: system,
          STANDARD_CONCEPT: isSource(system) ? 'N' : 'S',
        },
        isExcluded: exclude,
        includeDescendants: descendants,
        includeMapped: mapped,
      })),
    );
  }

  #push(name: string, items: CirceConceptSet['expression']['items']): number {
    const id = this.sets.length;
    this.sets.push({ id, name, expression: { items } });
    return id;
  }
}

const NOTHING = { isExcluded: false, includeDescendants: false, includeMapped: false };

function isSource(system: string): boolean {
  return (sourceVocabularies as readonly string[]).includes(system);
}

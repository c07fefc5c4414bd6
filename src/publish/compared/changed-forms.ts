/** What of the forms a new version of a protocol changes. Pure. */
import { canonicalJson } from '../../base/index.ts';
import type { Instrument, Protocol } from '../../protocol/index.ts';

/** A field, or (without a field) an instrument as a whole, that is not as it was. `what` names the keys that differ. */
export interface ChangedForm {
  readonly instrument: string;
  readonly field?: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly what: readonly string[];
}

/** In the order of the later protocol, then what is gone. */
export function changedForms(before: Protocol, after: Protocol): ChangedForm[] {
  return paired(before.instruments, after.instruments).flatMap(([was, is]): ChangedForm[] => {
    const instrument = (is ?? was)?.id ?? '';
    if (!was || !is) return [{ instrument, change: is ? 'added' : 'removed', what: [] }];
    const own = differingKeys(headOf(was), headOf(is));
    const fields = paired(was.fields, is.fields).flatMap(([had, has]): ChangedForm[] => {
      const field = (has ?? had)?.id ?? '';
      if (!had || !has) return [{ instrument, field, change: has ? 'added' : 'removed', what: [] }];
      const what = differingKeys(had, has);
      return what.length === 0 ? [] : [{ instrument, field, change: 'changed', what }];
    });
    return [...(own.length > 0 ? [{ instrument, change: 'changed' as const, what: own }] : []), ...fields];
  });
}

function headOf({ id, label, guidance, repeats }: Instrument) {
  return { id, label, guidance, repeats };
}

/** By id; one of the two is absent where it is new or gone. */
function paired<Thing extends { readonly id: string }>(
  before: readonly Thing[],
  after: readonly Thing[],
): (readonly [Thing | undefined, Thing | undefined])[] {
  const had = new Map(before.map((one) => [one.id, one]));
  const has = new Set(after.map(({ id }) => id));
  return [
    ...after.map((one) => [had.get(one.id), one] as const),
    ...before.filter(({ id }) => !has.has(id)).map((one) => [one, undefined] as const),
  ];
}

function differingKeys(before: object, after: object): string[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const textOf = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => textOf(was.get(key)) !== textOf(is.get(key)));
}

/** Which numbers of the results are others on another side. Pure. */
import type { LiveValue } from '../manuscript/live-value.ts';
import { printValue } from '../manuscript/print-value.ts';

/** A number before and after, as it is printed; null where there is none. */
export interface MovedNumber {
  readonly kind: LiveValue['kind'];
  readonly name: string;
  readonly label: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** Of a cell only what is printed is told, not the parts of it; nothing of what the results are made from. */
export function movedNumbers(before: readonly LiveValue[], after: readonly LiveValue[]): MovedNumber[] {
  const [was, is] = [told(before), told(after)];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((key) => {
    const [had, has] = [was.get(key), is.get(key)];
    const one = has ?? had;
    const [from, to] = [had && printed(had), has && printed(has)];
    if (!one || from === to) return [];
    const { kind, name, label } = one;
    return [{ kind, name, label, was: from ?? null, is: to ?? null }];
  });
}

function told(values: readonly LiveValue[]): Map<string, LiveValue> {
  return new Map(values.filter(isTold).map((one) => [`${one.kind}.${one.name}`, one]));
}

const SHOWN: Partial<Record<LiveValue['kind'], RegExp>> = {
  account: /\.(?:n|holds)$/,
  table: /\.text$/,
  variable: /\.(?:n|N|percent|mean|median)$/,
};

function isTold({ kind, name }: LiveValue): boolean {
  return kind !== 'facts' && (SHOWN[kind]?.test(name) ?? true);
}

function printed(one: LiveValue): string {
  const text = printValue(one, '');
  return typeof text === 'string' ? text : '';
}

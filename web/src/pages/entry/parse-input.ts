/** From what somebody types to the value of a field, or to what is wrong with it. Pure. Nothing is guessed. */

/** A value, nothing (the field is empty), or a problem with what to write instead. */
export type Parsed<Value> = { readonly value: Value } | { readonly empty: true } | { readonly problem: string };

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

export function parseNumber(text: string, kind: 'integer' | 'decimal'): Parsed<number> {
  const given = text.trim();
  if (given === '') return { empty: true };
  if (/^[+-]?\d+,\d+$/.test(given)) return { problem: `Write ${given.replace(',', '.')}, if that is meant` };
  if (!NUMBER.test(given))
    return { problem: kind === 'integer' ? 'Write a whole number' : 'Write a number, such as 1.5' };
  const value = Number(given);
  if (kind === 'integer' && !Number.isSafeInteger(value)) return { problem: 'Write a whole number' };
  return { value };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A date as precise as the chart is: 2012, 2012-03, 2012-03-05. Also taken is what can mean one thing only: `Mar 2012`,
 * `5 Mar 2012`, `3/2012`. 3/5/2012 may be March or May and is asked about.
 */
export function parseDateInput(text: string): Parsed<string> {
  const given = text.trim();
  if (given === '') return { empty: true };
  const parts = partsOf(given);
  if (!parts) {
    return {
      problem: /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(given)
        ? 'Day or month first? Write it as 2012-03-05'
        : 'Write 2012, 2012-03 or 2012-03-05',
    };
  }
  const [year, month, day] = parts;
  const isDay = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1)).getUTCDate() === (day ?? 1);
  if (month !== undefined && (month < 1 || month > 12)) return { problem: 'There is no such month' };
  if (!isDay) return { problem: 'There is no such day' };
  const two = (number: number): string => String(number).padStart(2, '0');
  return { value: [String(year), ...[month, day].flatMap((one) => (one === undefined ? [] : [two(one)]))].join('-') };
}

function partsOf(text: string): readonly [number, number | undefined, number | undefined] | undefined {
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (iso) return numbers(iso[1], iso[2], iso[3]);
  const slashed = /^(\d{1,2})[./](\d{4})$/.exec(text);
  if (slashed) return numbers(slashed[2], slashed[1], undefined);
  const worded = /^(?:(\d{1,2})\.?\s+)?([a-z]{3,9})\.?\s+(\d{4})$/i.exec(text);
  const month = MONTHS.indexOf(worded?.[2]?.slice(0, 3).toLowerCase() ?? '');
  return worded && month >= 0 ? numbers(worded[3], String(month + 1), worded[1]) : undefined;
}

function numbers(year: string | undefined, month: string | undefined, day: string | undefined) {
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return [Number(year), number(month), number(day)] as const;
}

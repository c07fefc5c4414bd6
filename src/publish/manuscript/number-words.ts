const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A whole number from 0 to 99 in English words; undefined for any other. */
export function numberWords(value: number): string | undefined {
  if (!Number.isInteger(value) || value < 0 || value > 99) return undefined;
  if (value < SMALL.length) return SMALL[value];
  const unit = value % 10;
  const ten = TENS[Math.floor(value / 10) - 2] ?? '';
  return unit === 0 ? ten : `${ten}-${SMALL[unit]}`;
}

/**
 * Finds numbers in words that are likely a count: from two on, and zero. "One" is left to the reader: it is a pronoun more often
 * than a number. The source of a regular expression, without anchors.
 */
export const NUMBER_WORD = `(?:zero|(?:${TENS.join('|')})(?:[- ](?:${SMALL.slice(1, 10).join('|')}))?|${SMALL.slice(2).toReversed().join('|')}|hundred|thousand|dozen)`;

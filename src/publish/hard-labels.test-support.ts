/** Labels that a drawing finds hard: words without an end, other scripts, from right to left, marks, nothing at all. */
import fc from 'fast-check';

export const hardLabel = fc.oneof(
  fc.string({ maxLength: 160, unit: 'grapheme' }),
  fc.string({ minLength: 60, maxLength: 200, unit: fc.constantFrom('n', 'W', 'm', 'i', '\u00f6', '%') }),
  fc.string({ minLength: 1, maxLength: 120, unit: fc.constantFrom('\u75c5', '\u4eba', '\u3001', ' ') }),
  fc.string({ minLength: 1, maxLength: 120, unit: fc.constantFrom('\u0645', '\u05e9', '\u202b', ' ', '3') }),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\u2022',
    'No follow-up on treatment',
    'Age \u2265 18 years, still in ill-fitting filaments',
    '<b>&"\'</b>',
  ),
);

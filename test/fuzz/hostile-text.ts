/** Texts that have broken programs: markup, formulas, templates, queries, paths, and characters that are no text. */
import fc from 'fast-check';

/** Each is shown as it stands, or refused; none is run, and none breaks what it is put into. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '{{7*7}}#{7*7}<%= 7*7 %>',
  '=HYPERLINK("http://evil.example","x")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "'; DROP TABLE revision; --",
  '" OR ""="',
  '../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  'C:\\Windows\\system32',
  'file:///etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '\u202egnp.exe',
  '\u0000after nothing',
  '\ud800 half a character',
  '\udc00\ud800',
  '😀\u200d\u{1f9d1}\ufeff',
  'e\u0301'.repeat(50),
  '\r\nSet-Cookie: x=1',
  '%00%0d%0a%ff',
  '%E0%A4%A',
  '%value.toString() & %context',
  'Infinity',
  'NaN',
  '1e309',
  '-0',
  '9007199254740993',
  '2024-02-30',
  '0000-00-00',
  'NOT (a OR',
  '"an open phrase',
  'a NEAR/99999999999 b',
  '*',
  '((((((((((((((((((((((((((((((((((((((((',
  'a'.repeat(4_000),
  '*a'.repeat(400),
];

/** One of {@link hostileTexts}, or any sequence of UTF-16 units, whole characters or not. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
);

/** Texts that no note should be, and that some are. Made when asked for, since some are large. */
export interface HostileNote {
  readonly name: string;
  text(): string;
}

const MEGABYTE = 1_000_000;
const SENTENCE = 'Pt (46 y.o.) denies fever, chills or night sweats; no new rash. Plan: continue methotrexate 15 mg.\n';

export const hostileNotes: readonly HostileNote[] = [
  { name: 'nothing', text: () => '' },
  { name: 'blanks', text: () => ' \t\n \r\n\u00a0\u3000' },
  { name: 'a note of 5 MB', text: () => SENTENCE.repeat(Math.ceil((5 * MEGABYTE) / SENTENCE.length)) },
  { name: '5 MB without a line end', text: () => 'no fever, '.repeat(MEGABYTE / 2) },
  { name: 'NULs', text: () => '\0No\0fever.\0\0 Psoriasis\0: stable\0' },
  { name: '100,000 NULs', text: () => `Psoriasis${'\0'.repeat(100_000)}stable` },
  { name: 'lone surrogates', text: () => '\ud800 No \udc00fever\ud83d. \udfff\ud800psoriasis \ud83d' },
  {
    name: 'right to left',
    text: () => '\u202bלחולה אין חום\u202c. No fever. \u0644\u0627 \u062d\u0645\u0649 psoriasis \u200f(ok)',
  },
  {
    name: 'emoji',
    text: () =>
      'Feels \u{1f44d}\u{1f3fd} today \u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}; no fever \u{1f1e8}\u{1f1ed}\u2764\ufe0f.',
  },
  { name: 'CRLF', text: () => 'HPI:\r\nNo fever.\r\n\r\nPlan:\r\n- continue methotrexate\r\n- return\r\n' },
  { name: 'CR only', text: () => 'HPI:\rNo fever.\r\rPlan:\r- continue methotrexate\r- return\r' },
  { name: '100,000 lines of one word', text: () => 'fever\n'.repeat(100_000) },
  { name: '100,000 empty lines', text: () => `Psoriasis${'\n'.repeat(100_000)}stable` },
  { name: '100,000 headings', text: () => 'Plan: \n'.repeat(100_000) },
  { name: 'a word of 1 MB', text: () => `No ${'a'.repeat(MEGABYTE)} today` },
  { name: '100,000 words of their own', text: () => Array.from({ length: 100_000 }, (_, at) => `w${at}`).join(' ') },
  { name: '200,000 opening brackets', text: () => '('.repeat(200_000) },
  { name: '200,000 closing brackets', text: () => `No fever${')'.repeat(200_000)}` },
  { name: '200,000 brackets around letters', text: () => 'a (b) '.repeat(100_000) },
  { name: 'brackets within brackets', text: () => `${'fever (no '.repeat(50_000)}${')'.repeat(50_000)}` },
  {
    name: 'long runs of combining marks',
    text: () => `Me${'\u0301'.repeat(100_000)}nie\u0300re ${'\u0308'.repeat(100_000)}x`,
  },
  { name: 'a byte order mark', text: () => '\ufeffHPI: No fever.\ufeff Psoriasis' },
  { name: 'private use', text: () => '\ue000\ue001 No fever \u{f0000}x \uf8ff psoriasis' },
  { name: 'full width and ligatures', text: () => 'Ｎｏ ｆｅｖｅｒ. ﬁbroma ﬃ Ménière İstanbul ǅ ß ſ K' },
  {
    name: 'line and paragraph separators',
    text: () => 'No fever.\u2028Psoriasis.\u2029Plan:\u0085continue\u000bmethotrexate\u000creturn',
  },
  { name: '100,000 stops', text: () => '.'.repeat(100_000) },
  { name: '100,000 hyphens', text: () => `no${'-'.repeat(100_000)}fever` },
  { name: '100,000 quotation marks', text: () => '"\u201c\u2019'.repeat(33_334) },
];

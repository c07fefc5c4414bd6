/** What the files of a bundle are, by their names. */

const ENCODINGS: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
  png: 'image/png',
  R: 'text/x-r-source',
  svg: 'image/svg+xml',
  tex: 'application/x-tex',
  txt: 'text/plain',
  yaml: 'application/yaml',
};

/** The media type of a file. */
export function encodingOf(name: string): string {
  return ENCODINGS[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

const KNOWN: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^release\.json$/, 'What the release was made from, and the SHA-256 of every other file'],
  [/^protocol\.yaml$/, 'The protocol that was in force'],
  [/^termsets\.json$/, 'The shared term sets that the protocol names'],
  [/^methods\.md$/, 'The Methods of the paper, as far as the study knows them'],
  [/^checklists\//, 'A checklist of journals, filled in'],
  [/^codelists\//, 'A concept set: codes, drug names and terms'],
  [/^searches\./, 'The log of the searches of notes'],
  [/^disclosure\.csv$/, 'Warnings of the disclosure check that were accepted, with the reasons'],
  [/^verification\.json$/, 'What can be worked out anew from the data set'],
  [/^tables\./, 'The tables'],
  [/^attrition\./, 'Who was left out, and why'],
  [/^arms/, 'How the searches found the candidates'],
  [/^agreement\.csv$/, 'Agreement of the abstractors before adjudication'],
  [/^analysis\.R$/, 'The statistical script'],
  [/-r\.csv$/, 'What R computed'],
  [/^data\/subjects\.csv$/, 'The de-identified data set: a row for each included subject'],
  [/^data\/codebook\.csv$/, 'Every column of the data set'],
  [/^data\/ledger\.csv$/, 'Every candidate with the reason to leave'],
  [/^data\/answers\.csv$/, 'Answers to expressions that the de-identified values do not decide'],
  [/^data\//, 'A file of the de-identified data set, or what a script reads'],
  [/\.(?:svg|png)$/, 'A figure'],
];

/** What a file is, in words. */
export function whatIs(name: string): string {
  return KNOWN.find(([pattern]) => pattern.test(name))?.[1] ?? 'A file of the release';
}

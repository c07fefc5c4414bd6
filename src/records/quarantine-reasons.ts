/** Why a line is in quarantine, and what to do about it. The codes are stable; docs/import.md lists them. */
export const quarantineReasons = {
  'json.invalid': 'The line is not JSON.',
  'json.truncated': 'The line ends in the middle of its JSON: the file was cut off.',
  'fhir.not-a-resource': 'JSON without a resourceType, such as a line of a log.',
  'fhir.unknown-type': 'The resourceType is none of FHIR R4.',
  'fhir.bad-id': 'The resource has no id, or one that cannot stand in a reference.',
  'fhir.no-subject': 'The resource does not say which patient it belongs to.',
  'fhir.unknown-reference': 'The patient is referred to in a form that cannot be followed.',
  'fhir.bad-date': 'A date is none (month 13, text).',
  'fhir.wrong-shape': 'An element is not what FHIR says: text for a list, a number for text.',
  'note.empty': 'The document has no text.',
  'note.not-text': 'The document is of a kind that has no text to take: an image, a recording, an unknown type.',
  'note.unreadable': 'The document is damaged or encrypted, or not in the character set that it names.',
  'note.no-text-layer': 'The PDF is a scan: pictures of pages without text.',
  'note.missing-file': 'The file that the document names is not in the folder of the export.',
  'note.remote': 'The document stands on a server (a URL): nothing is fetched.',
  'note.outside': 'The document names a file outside of the folder of the export.',
  'note.too-large':
    'The document, or what it unfolds to, is larger than 64 MiB, or a PDF takes more memory or time than it may.',
  'consent.no-decision': 'A research consent that neither permits nor denies.',
  'omop.bad-value': 'A cell does not fit its column: an id, number or date is none.',
  'omop.no-id': 'The row does not say what it is, or whose: its id or its person_id is empty.',
  'table.unreadable': 'The row is not well-formed CSV (a quote that is not closed), or not UTF-8.',
  'table.columns': 'The row has more or fewer cells than the header.',
  'table.bad-date': 'A date fits none of the formats that the mapping names, or two of them as two days.',
  'table.bad-number': 'A cell that should hold a number does not.',
  'table.unknown-value': 'A cell holds none of the words that the mapping names or the column takes.',
  'table.error-cell': 'A cell of a spreadsheet holds an error (#N/A) instead of a value.',
  'table.no-row-id': 'A cell that names the row is empty.',
  'vocabulary.bad-line': 'The line of a code list or crosswalk has another form than its file.',
  'vocabulary.bad-code': 'A code has not the form of its classification.',
  'vocabulary.bad-flags': 'The flags of a crosswalk are none, or contradict one another.',
  'linkage.none': 'No person fits the row by any rule.',
  'linkage.ambiguous': 'More than one person fits the row.',
  'linkage.contradiction': 'The person whom a rule finds differs from the row in every field that the rule checks.',
  'linkage.rejected': 'A steward has said that the person whom a rule finds is another.',
} as const;
export type QuarantineReason = keyof typeof quarantineReasons;

/** Why one line cannot be stored. `element` is the name of the element at fault; never its content. */
export class Refusal extends Error {
  readonly reason: QuarantineReason;
  readonly element: string | undefined;

  constructor(reason: QuarantineReason, element?: string) {
    super(reason);
    this.name = 'Refusal';
    this.reason = reason;
    this.element = element;
  }
}

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
  'note.not-inline': 'The text of the document stands elsewhere (a URL), not in the line.',
  'note.not-text': 'The document is not plain text (PDF, HTML, RTF, image).',
  'note.unreadable': 'The text is not valid base64, or not in the character set that it names.',
  'consent.no-decision': 'A research consent that neither permits nor denies.',
  'omop.bad-value': 'A cell does not fit its column: an id, number or date is none.',
  'omop.no-id': 'The row does not say what it is, or whose: its id or its person_id is empty.',
  'table.unreadable': 'The row is not well-formed CSV (a quote that is not closed), or not UTF-8.',
  'table.columns': 'The row has more or fewer cells than the header.',
  'table.bad-date': 'A date fits none of the formats that the mapping names, or two of them as two days.',
  'table.bad-number': 'A cell that should hold a number does not.',
  'table.no-row-id': 'A cell that names the row is empty.',
  'linkage.none': 'No person fits the row by any rule.',
  'linkage.ambiguous': 'More than one person fits the row.',
  'linkage.contradiction': 'The person whom a rule finds differs from the row in every field that the rule checks.',
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

import { Refusal } from '../quarantine-reasons.ts';
import { type DecodedRow, row } from '../rows.ts';
import { type AttachedText, attachedText, type DocumentOrigin } from './attachments.ts';
import { codingRows, conceptText } from './codings.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitAt } from './references.ts';

/**
 * DiagnosticReport: the report of a pathologist or radiologist is a note, its text the form that was presented, else the
 * conclusion. `undefined` for one that has neither, which only groups results.
 */
export function decodeDiagnosticReport(
  report: Fhir,
  name: string,
  origin: DocumentOrigin,
): DecodedRow[] | Promise<DecodedRow[]> | undefined {
  const forms = listAt(report, 'presentedForm');
  const conclusion = textAt(report, 'conclusion');
  if (forms.length === 0 && conclusion === undefined) return undefined;
  const person_id = personAt(report, 'subject');
  const found = forms.length === 0 ? concluded(conclusion) : orConclusion(forms, conclusion, origin);
  return found instanceof Promise
    ? found.then((read) => noteRows(report, name, person_id, read))
    : noteRows(report, name, person_id, found);
}

/** The conclusion stands in for a form that has no text, such as a scan. */
function orConclusion(
  forms: readonly Fhir[],
  conclusion: string | undefined,
  origin: DocumentOrigin,
): AttachedText | Promise<AttachedText> {
  const instead = (error: unknown): AttachedText => {
    if (conclusion === undefined || !(error instanceof Refusal) || !error.reason.startsWith('note.')) throw error;
    return concluded(conclusion);
  };
  try {
    const found = attachedText(forms, origin);
    return found instanceof Promise ? found.catch(instead) : found;
  } catch (error) {
    return instead(error);
  }
}

function concluded(conclusion: string | undefined): AttachedText {
  if (conclusion === undefined || conclusion.trim() === '') throw new Refusal('note.empty', 'conclusion');
  return { attachment: {}, text: conclusion };
}

function noteRows(report: Fhir, name: string, person_id: string, { attachment, text }: AttachedText): DecodedRow[] {
  const id = idOf(name);
  const code = objectAt(report, 'code');
  const date = firstDate(
    dateAt(report, 'effectiveDateTime'),
    periodAt(report, 'effectivePeriod').start,
    dateAt(report, 'issued'),
    dateAt(attachment, 'creation'),
  );
  return [
    row('note', {
      note_id: id,
      person_id,
      note_date: date.day,
      note_date_source: date.source,
      note_type_source_value: conceptText(code),
      note_title: textAt(attachment, 'title') ?? null,
      note_text: text,
      status: textAt(report, 'status') ?? null,
      visit_occurrence_id: visitAt(report, 'encounter'),
      provider_id: providerOf([...listAt(report, 'resultsInterpreter'), ...listAt(report, 'performer')]),
      specialty: conceptText(listAt(report, 'category')[0]),
    }),
    ...codingRows('note', id, person_id, [code]),
  ];
}

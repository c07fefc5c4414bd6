/** What the Methods say of the response: every rule that the protocol declares. Rule R60. */
import type { Protocol, ResponseRules } from '../../protocol/index.ts';

/** The sentences about the response. */
export function outcomePart({ response }: Pick<Protocol, 'response'>): string[] {
  if (!response) return ['No classification of a response was declared.'];
  const rules = response.categories.map(({ code, label, when }) => {
    const name = label === code ? code : `${label} (${code})`;
    return `${name}, ${when === undefined ? 'otherwise' : `where \`${when}\``}`;
  });
  const alternatives = (response.alternatives ?? []).map(({ label }) => label);
  return [
    `The response was classified by declared rules from assessments of lesions: ${rules.join('; ')}.`,
    ...limitsOf(response),
    `From lesions to the patient: ${response.patient}. Without an assessment: ${response.unknown}.`,
    ...(alternatives.length === 0
      ? []
      : [`The study was run again under other definitions: ${alternatives.join('; ')} (sensitivity.json).`]),
  ];
}

function limitsOf(rules: ResponseRules): string[] {
  const { counts, window, improvement, worsening, confirmation, recurrence, durability, exposure } = rules;
  return [
    ...(counts ? [`Assessments counted on these bases: ${counts.join(', ')}.`] : []),
    ...(window ? [`Assessments counted ${windowText(window)}.`] : []),
    ...(improvement
      ? [`Better was a change of the ${improvement.by} from baseline by ${improvement.change} % or beyond.`]
      : []),
    ...(worsening ? [`Worse was a change by ${worsening.change} % or beyond from the ${worsening.from}.`] : []),
    ...(confirmation
      ? [`Better had to be seen ${confirmation.times} times, ${confirmationText(confirmation)} after the first.`]
      : []),
    ...(durability ? [`Better had to last ${durability.months} months.`] : []),
    ...(recurrence ? [`A recurrence counted within ${recurrence.withinMonths} months.`] : []),
    ...(exposure
      ? [
          `No response was told only where \`${exposure.minimum}\`; else the category was ${exposure.otherwise ?? rules.unknown}.`,
        ]
      : []),
  ];
}

function windowText({ fromDays, toMonths }: NonNullable<ResponseRules['window']>): string {
  const parts = [
    ...(fromDays === undefined ? [] : [`from ${fromDays} days`]),
    ...(toMonths === undefined ? [] : [`up to ${toMonths} months`]),
  ];
  return `${parts.join(' ')} after day zero`;
}

function confirmationText({ afterDays, withinDays }: NonNullable<ResponseRules['confirmation']>): string {
  return `at least ${afterDays}${withinDays === undefined ? '' : ` and at most ${withinDays}`} days`;
}

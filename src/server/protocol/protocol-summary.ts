/** A protocol as people read it. Rule R110 of SPEC.md. */
import { criterionOutline } from '../../cohort/index.ts';
import type { Field, Protocol } from '../../protocol/index.ts';
import type { contract, RouteOutput } from '../contract/index.ts';

type Summary = RouteOutput<typeof contract.protocol>['summary'];

export function protocolSummary(protocol: Protocol): Summary {
  const { title, question, version, period, review } = protocol;
  return {
    title,
    question: question ?? null,
    version,
    period: { start: period.start, end: period.end },
    authorization: authorizationText(protocol),
    concepts: Object.entries(protocol.concepts).map(([id, { label, codes, drugs, terms }]) => ({
      id,
      label,
      codes: codes.map(({ system, code, exclude }) => `${exclude ? 'without ' : ''}${system} ${code}`),
      drugs: [...(drugs?.names ?? [])],
      terms: terms.map(String),
    })),
    criteria: Object.entries(protocol.criteria).map(([id, criterion]) => ({
      id,
      label: id,
      text: criterionOutline(protocol, criterion),
    })),
    arms: protocol.arms.map(({ id, label, criterion }) => ({ id, label, text: criterionOutline(protocol, criterion) })),
    exclusions: protocol.exclusions.map(({ id, label, rule, reviewer }) => ({
      id,
      label,
      by: rule ? ('rule' as const) : ('reviewer' as const),
      text: rule ? criterionOutline(protocol, rule) : `${reviewer?.instrument}: ${reviewer?.when}`,
    })),
    review: {
      screening: review.screening,
      abstractors: review.abstractors,
      doubleShare: review.doubleShare,
      blinded: review.blinded,
    },
    instruments: protocol.instruments.map(({ id, label, repeats, fields }) => ({
      id,
      label,
      repeats: repeats !== undefined,
      fields: fields.map(fieldView),
    })),
    outcomes: outcomesOf(protocol),
    prints: printsOf(protocol),
  };
}

function authorizationText({ authorization: { asOf, noneOnRecord } }: Protocol): string {
  const silent =
    typeof noneOnRecord === 'string'
      ? `no answer on record counts as ${noneOnRecord}`
      : `no answer counts as granted after ${noneOnRecord.grantedAfter.letters} letters and ${noneOnRecord.grantedAfter.days} days`;
  return `Decisions up to ${asOf} count; ${silent}. Who refused is never seen.`;
}

function fieldView(field: Field): Summary['instruments'][number]['fields'][number] {
  const { id, label, type, required, evidence, visible } = field;
  return {
    id,
    label,
    type: type === 'computed' ? `computed (${field.of})` : type,
    unit: ('unit' in field && field.unit) || null,
    choices: 'choices' in field ? field.choices.map((choice) => choice.label) : [],
    required,
    evidence,
    visible: visible ?? null,
  };
}

function outcomesOf({ treatments, response, adverseEvents, variables, analysed }: Protocol): Summary['outcomes'] {
  const categories = response?.categories.map(({ label }) => label).join(', ') ?? '';
  return [
    ...Object.entries(treatments).map(([id, { label, concept }]) => ({
      id,
      label,
      text: `Treatment${concept === undefined ? '' : `, by the concept set ${concept}`}`,
    })),
    ...(response ? [{ id: 'response', label: 'Response', text: `${categories}; from ${response.start}` }] : []),
    ...(adverseEvents
      ? [
          {
            id: 'adverse-events',
            label: 'Adverse events',
            text: `${adverseEvents.instrument}, ${adverseEvents.grading}`,
          },
        ]
      : []),
    ...variables.map(({ id, label, unit, value }) => ({
      id,
      label: unit === undefined ? label : `${label}, ${unit}`,
      text: value,
    })),
    ...(analysed ? [{ id: 'analysed', label: 'Analysed', text: `${analysed.when} (else: ${analysed.label})` }] : []),
  ];
}

function printsOf({ tables, figures, statistics }: Protocol): Summary['prints'] {
  return [
    ...tables.map(({ id, title, kind }) => ({ kind: 'table' as const, id, label: title, text: kind ?? 'counts' })),
    ...figures.map(({ id, title, kind }) => ({ kind: 'figure' as const, id, label: title, text: kind })),
    ...statistics.map((one) => ({ kind: 'statistic' as const, id: one.id, label: one.label, text: '' })),
  ];
}

import type { YamlPath } from '../base/index.ts';
import type { Checker, Names } from './checker.ts';
import type { Instrument } from './schema-instruments.ts';
import type { ResponseRules } from './schema-response.ts';

/** Every choice of the basis field has a meaning, and only those. */
export function checkBases(checker: Checker, rules: ResponseRules, choices: readonly string[]): void {
  const { bases = {}, assessments } = rules;
  if (assessments.basis === undefined && rules.bases)
    checker.add(
      ['response', 'bases'],
      'basis',
      'The bases have no field that states them.',
      'Name it in `assessments: { basis: ... }`.',
    );
  if (assessments.basis === undefined) return;
  for (const code of choices.filter((choice) => bases[choice] === undefined))
    checker.add(
      ['response', rules.bases ? 'bases' : 'assessments'],
      'basis',
      `The choice \`${code}\` of the basis field has no meaning here.`,
      `Add \`${code}:\` to \`bases\`: patient, provider, measurement or both.`,
    );
  for (const code of Object.keys(bases))
    checker.known(['response', 'bases', code], 'choice of the basis field', code, choices);
}

/** Size and score are numbers. */
export function checkNumbers(checker: Checker, rules: ResponseRules, fields: Instrument['fields']): void {
  for (const role of ['size', 'score'] as const) {
    const field = fields.find((one) => one.id === rules.assessments[role]);
    const type = field?.type === 'computed' ? field.of : field?.type;
    if (type === undefined || type === 'integer' || type === 'decimal') continue;
    checker.add(
      ['response', 'assessments', role],
      'number',
      `The field \`${field?.id}\` is no number.`,
      'Take one of the type integer or decimal.',
    );
  }
}

/** What is declared of change, bases, exposure and the lesion that decides can be worked out. */
export function checkLimits(
  checker: Checker,
  rules: ResponseRules,
  names: Names,
  path: YamlPath,
  codes: readonly string[],
): void {
  const { improvement, worsening, exposure, window } = rules;
  const say = (key: string, message: string, tip: string): void =>
    checker.add([...path, key], 'response-limit', message, tip);
  if (improvement && rules.assessments[improvement.by] === undefined)
    say(
      'improvement',
      `Improvement is told by the ${improvement.by}, which no assessment has.`,
      `Name its field in \`assessments: { ${improvement.by}: ... }\`.`,
    );
  if (improvement?.change === 0)
    say('improvement', 'A change of 0 % is no improvement.', 'Write -30, say, for smaller by 30 %.');
  if (improvement?.resolved !== undefined && improvement.resolved / improvement.change < 1)
    say(
      'improvement',
      'A lesion would be resolved before it is improved.',
      'Let `resolved` be at least as far as `change`.',
    );
  if (worsening && !improvement)
    say(
      'worsening',
      'Worsening by a number needs improvement by one.',
      'Add `improvement: { by: size, change: -30 }`.',
    );
  if (worsening && improvement && worsening.change * improvement.change >= 0)
    say('worsening', 'Worse must be the other way than better.', 'Give one a minus sign, the other none.');
  if (rules.counts && rules.assessments.basis === undefined)
    say('counts', 'Which bases count needs a field that states them.', 'Name it in `assessments: { basis: ... }`.');
  if (window && window.fromDays === undefined && window.toMonths === undefined)
    say('window', 'The window has no limit.', 'Give `fromDays`, `toMonths` or both.');
  const { confirmation } = rules;
  if (confirmation?.withinDays !== undefined && confirmation.withinDays < confirmation.afterDays)
    say(
      'confirmation',
      'Nothing can be confirmed: it must be within fewer days than after.',
      'Let `withinDays` be larger.',
    );
  if (rules.patient === 'index' && rules.index === undefined)
    say('patient', 'It is not said which lesion decides.', 'Add `index:` with an expression that gives its name.');
  if (rules.index !== undefined) checker.expression([...path, 'index'], rules.index, names);
  if (!exposure) return;
  checker.expression([...path, 'exposure', 'minimum'], exposure.minimum, names);
  if (exposure.otherwise !== undefined)
    checker.known([...path, 'exposure', 'otherwise'], 'category', exposure.otherwise, codes);
}

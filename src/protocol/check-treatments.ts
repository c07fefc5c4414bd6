/** Treatments name what there is, and ask what can be answered. */
import type { YamlPath } from '../base/index.ts';
import { daysOf } from './check-criteria.ts';
import { type Checker, type Names, type NameTree, recordNames } from './checker.ts';
import type { Protocol } from './schema.ts';
import type { Field, Instrument } from './schema-instruments.ts';
import { type TreatmentRules, treatmentNames } from './schema-treatments.ts';

type Statements = NonNullable<TreatmentRules['statements']>;

/** Checks `treatments:` and gives the names with `treatments` among them, for all that comes after. */
export function checkTreatments(checker: Checker, protocol: Protocol, names: Names): Names {
  const ids = Object.keys(protocol.treatments);
  if (ids.length === 0) return names;
  if (protocol.instruments.some(({ id }) => id === 'treatments')) {
    const message = 'An instrument is called `treatments`, which means something else in expressions.';
    checker.add(['treatments'], 'taken-name', message, 'Give the instrument another id.');
  }
  let before: NameTree = {};
  for (const [id, rules] of Object.entries(protocol.treatments)) {
    const path = ['treatments', id];
    checkUses(checker, protocol, rules, path);
    checkWindows(checker, rules, path);
    const known = Object.keys(before).length > 0 ? withTreatments(names, before) : names;
    for (const end of ['start', 'stop'] as const) {
      const text = rules.relativeTo?.[end];
      if (text !== undefined) checker.expression([...path, 'relativeTo', end], text, known);
    }
    before = { ...before, [id]: treatmentNames };
  }
  return withTreatments(names, before);
}

function withTreatments(names: Names, treatments: NameTree): Names {
  return { ...names, focus: { ...names.focus, treatments } };
}

function checkUses(checker: Checker, protocol: Protocol, rules: TreatmentRules, path: YamlPath): void {
  const { concept, statements, sources, carryOver, countRefills } = rules;
  if (concept === undefined && statements === undefined) {
    const tip = 'Add `concept` (rows of the records) or `statements` (what reviewers entered).';
    checker.add(path, 'empty-treatment', 'The treatment has nothing that it is made of.', tip);
  }
  if (concept === undefined) {
    for (const key of ['sources', 'routes', 'forms'] as const) {
      if (rules[key] === undefined) continue;
      const message = `\`${key}\` is about rows of the records, and the treatment has no \`concept\`.`;
      checker.add([...path, key], 'no-concept', message, 'Add `concept`, or leave it out.');
    }
  } else checkConcept(checker, protocol, concept, path);
  if (statements) checkStatements(checker, protocol, statements, [...path, 'statements']);
  const isOneSource = concept === undefined ? statements !== undefined : sources?.length === 1 && !statements;
  if (carryOver && !isOneSource) {
    const message = 'With `carryOver` the same supply would count twice: as it was ordered and as it was dispensed.';
    checker.add([...path, 'carryOver'], 'several-sources', message, 'Name one source: `sources: [dispense]`.');
  }
  if (countRefills && sources !== undefined && !sources.includes('order')) {
    const message = '`countRefills` is about orders, which are not among the sources.';
    checker.add([...path, 'countRefills'], 'no-orders', message, 'Leave it out.');
  }
  if (rules.supply !== undefined && daysOf(rules.supply).most === 0)
    checker.add([...path, 'supply'], 'impossible-window', 'A supply lasts a day at least.', 'Leave it out: one day.');
}

function checkConcept(checker: Checker, protocol: Protocol, concept: string, path: YamlPath): void {
  if (!checker.known([...path, 'concept'], 'concept set', concept, Object.keys(protocol.concepts))) return;
  const set = protocol.concepts[concept];
  if (!set || set.codes.length + (set.drugs?.names.length ?? 0) > 0) return;
  const message = `The concept set \`${concept}\` has only terms, which no row of the records is found by.`;
  checker.add([...path, 'concept'], 'no-drug', message, 'Give it `drugs` or `codes`.');
}

function checkStatements(checker: Checker, protocol: Protocol, statements: Statements, path: YamlPath): void {
  const ids = protocol.instruments.map(({ id }) => id);
  if (!checker.known([...path, 'instrument'], 'instrument', statements.instrument, ids)) return;
  const instrument = protocol.instruments.find(({ id }) => id === statements.instrument);
  if (!instrument) return;
  if (statements.when !== undefined) {
    const focus = recordNames(protocol, instrument.id);
    checker.expression([...path, 'when'], statements.when, { focus, variables: {} });
  }
  for (const [role, types] of Object.entries(TYPES)) {
    const name = statements[role as keyof typeof TYPES];
    if (name !== undefined) checkField(checker, instrument, name, types, [...path, role]);
  }
  checkFrequency(checker, instrument, statements, path);
}

/** The types that a field may have in each role. */
const TYPES = {
  start: ['date'],
  stop: ['date'],
  dose: ['decimal', 'integer'],
  frequency: ['decimal', 'integer', 'choice'],
  amount: ['decimal', 'integer'],
  refills: ['integer'],
} as const satisfies Readonly<Record<string, readonly Field['type'][]>>;

function checkField(
  checker: Checker,
  instrument: Instrument,
  name: string,
  types: readonly Field['type'][],
  path: YamlPath,
): void {
  const { id, fields } = instrument;
  const known = fields.map((field) => field.id);
  if (!checker.known(path, 'field', name, known, ` in \`${id}\``)) return;
  const field = fields.find((one) => one.id === name);
  if (!field || types.includes(field.type)) return;
  const message = `The field \`${name}\` is of the type ${field.type}.`;
  checker.add(path, 'field-type', message, `It takes a field of the type ${types.join(' or ')}.`);
}

function checkFrequency(
  checker: Checker,
  { fields }: Instrument,
  { frequency, timesPerDay }: Statements,
  path: YamlPath,
): void {
  const field = fields.find(({ id }) => id === frequency);
  if (field?.type !== 'choice') {
    if (timesPerDay === undefined) return;
    const message = '`timesPerDay` tells what choices mean, and `frequency` names no choice.';
    checker.add([...path, 'timesPerDay'], 'no-choices', message, 'Leave it out.');
    return;
  }
  const codes = field.choices.map(({ code }) => code);
  for (const code of Object.keys(timesPerDay ?? {}))
    checker.known([...path, 'timesPerDay', code], 'choice of the field', code, codes);
  if (timesPerDay !== undefined) return;
  const message = `How often a day the choices of \`${field.id}\` are is not said.`;
  checker.add(
    [...path, 'frequency'],
    'no-numbers',
    message,
    'Add `timesPerDay`, with a number for each choice that has one.',
  );
}

function checkWindows(checker: Checker, { relativeTo, windows, persistence }: TreatmentRules, path: YamlPath): void {
  const asked = Object.values(windows ?? {}).some((one) => one !== undefined);
  if (asked && !relativeTo) {
    const message = 'The windows lie around a treatment of interest, which is not named.';
    checker.add([...path, 'windows'], 'no-index', message, 'Add `relativeTo: { start: ... }`.');
  }
  if (relativeTo && !asked) {
    const message = '`relativeTo` says around what the windows lie, and there are none.';
    checker.add([...path, 'relativeTo'], 'no-windows', message, 'Add `windows`, or leave it out.');
  }
  const spans = [
    [[...path, 'windows', 'prior'], windows?.prior === 'any' ? undefined : windows?.prior],
    [[...path, 'persistence'], persistence],
  ] as const;
  for (const [place, span] of spans) {
    if (span !== undefined && daysOf(span).most === 0)
      checker.add(
        place,
        'impossible-window',
        'A window of no time holds nothing.',
        'Name a length of time, or leave it out.',
      );
  }
  const changed = windows?.recentlyChanged;
  if (changed && !changed.during && daysOf(changed.within).most === 0) {
    const tip = 'Name a length of time, or `during: true`.';
    checker.add(
      [...path, 'windows', 'recentlyChanged', 'within'],
      'impossible-window',
      'A window of no time holds nothing.',
      tip,
    );
  }
}

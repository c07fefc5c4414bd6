/**
 * A cohort definition of OHDSI ATLAS as the parts of a protocol that say who is in:
 *
 *     const { part, leftOut, differs } = fromAtlas(text, 'definition.json');
 *
 * What is written means what ATLAS means by it. What has no equal here is left out and named, with its path in the file;
 * whoever is in by ATLAS is never lost by that, since a rule is left out whole. Rules R120 to R130.
 */
import { ChartproofError, type Problem, readYaml } from '../../base/index.ts';
import { type Criterion, type Exclusion, indexStepIds, type Protocol } from '../../protocol/index.ts';
import { Account, asksNothing, type LeftOut } from './account.ts';
import { Names } from './names.ts';
import { isEmpty } from './read-criteria.ts';
import { readEntry } from './read-entry.ts';
import { type Around, negated, readGroup } from './read-groups.ts';
import { ReadSets } from './read-sets.ts';
import { labelOfRule } from './rule-names.ts';
import { type Definition, definitionSchema, type Group } from './schema.ts';

/** The parts of a protocol that a cohort definition has. */
export type ProtocolPart = Pick<Protocol, 'concepts' | 'arms' | 'exclusions' | 'index'>;

export interface FromAtlas {
  readonly part: ProtocolPart;
  /** What has no equal here. */
  readonly leftOut: readonly LeftOut[];
  /** What both say, but work out differently. */
  readonly differs: readonly string[];
}

/** Errors: `cohort.atlas-not-json`, `.atlas-too-deep`, `.atlas-invalid`, `.atlas-no-entry`. */
export function fromAtlas(text: string, file: string): FromAtlas {
  const definition = parseDefinition(text.replace(/^\uFEFF/, ''), file);
  const account = new Account();
  const reading = { account, sets: new ReadSets(definition, account) };
  const entry = readEntry(reading, definition);
  if (!entry) {
    const problems: Problem[] = account.leftOut.map(({ at, why }) => ({
      code: 'cohort.atlas-left-out',
      message: `${at}: ${why}`,
    }));
    throw new ChartproofError('cohort.atlas-no-entry', `Nothing of the entry events of ${file} has an equal here.`, {
      problems,
    });
  }
  const around = { ...reading, entryKinds: entry.kinds };
  const names = new Names(indexStepIds);
  const exclusions = [
    ...(entry.age ? [exclusion(names, 'Age at the entry event', entry.age)] : []),
    ...readRules(around, definition, names),
  ];
  leaveOthers(account, definition);
  const { arms, index } = entry;
  return {
    part: { concepts: reading.sets.concepts, index, arms: [...arms], exclusions },
    leftOut: account.leftOut,
    differs: account.differs,
  };
}

/** Whom ATLAS keeps by a rule; we leave out the others. */
function exclusion(names: Names, label: string, kept: Criterion): Exclusion {
  return { id: names.take(label), label: labelOfRule(label), rule: negated(kept) };
}

function readRules(reading: Around, { AdditionalCriteria, InclusionRules }: Definition, names: Names): Exclusion[] {
  const rules: readonly {
    readonly label: string;
    readonly group: Group;
    readonly path: readonly (string | number)[];
  }[] = [
    ...(AdditionalCriteria
      ? [{ label: 'Additional criteria', group: AdditionalCriteria, path: ['AdditionalCriteria'] }]
      : []),
    ...(InclusionRules ?? []).map(({ name, expression }, at) => {
      return { label: name?.trim() || `Rule ${at + 1}`, group: expression, path: ['InclusionRules', at, 'expression'] };
    }),
  ];
  return rules.flatMap(({ label, group, path }) => {
    if (isEmpty(group)) return [];
    const kept = readGroup(reading, group, path);
    return kept ? [exclusion(names, label, kept)] : [];
  });
}

/** Parts beside the entry and the rules: when a person leaves the cohort again, and what we do not know. */
function leaveOthers(account: Account, definition: Definition): void {
  const { CollapseSettings, PrimaryCriteria } = definition;
  for (const key of EXITS) {
    if (!asksNothing(definition[key]))
      account.leave([key], 'Here nobody leaves a cohort again: it has cases, not spans of time.');
  }
  const { EraPad, EraPadUnitValue } = Object(CollapseSettings);
  if (EraPad || EraPadUnitValue)
    account.leave(['CollapseSettings'], 'Spans of time in a cohort are not joined here: it has cases.');
  account.leaveOthers(
    PrimaryCriteria,
    ['CriteriaList', 'ObservationWindow', 'PrimaryCriteriaLimit'],
    ['PrimaryCriteria'],
  );
  account.leaveOthers(definition, [...EXITS, ...READ], []);
}

const EXITS = ['EndStrategy', 'CensoringCriteria', 'CensorWindow'];
const READ = [
  'cdmVersionRange',
  'Title',
  'ConceptSets',
  'PrimaryCriteria',
  'AdditionalCriteria',
  'QualifiedLimit',
  'ExpressionLimit',
  'InclusionRules',
  'CollapseSettings',
];

/** Levels of brackets: a group in a group is four. ATLAS's own have a dozen. */
const DEEPEST = 200;

function parseDefinition(text: string, file: string): Definition {
  refuseDepth(text, file);
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    const [first] = readYaml(text, file, definitionSchema, 'cohort').problems;
    throw new ChartproofError('cohort.atlas-not-json', `${file} is not JSON.`, {
      tip: 'In ATLAS, copy the whole of the definition from the tab Export, JSON.',
      place: first?.code === 'cohort.yaml-syntax' && first.place ? first.place : { file },
    });
  }
  const parsed = definitionSchema.safeParse(plain);
  if (parsed.success) return parsed.data;
  // JSON is YAML, whose reader knows the places of mistakes.
  const { problems } = readYaml(text, file, definitionSchema, 'cohort');
  const tip = 'A definition has `ConceptSets` and `PrimaryCriteria`; in ATLAS it stands in the tab Export, JSON.';
  throw new ChartproofError('cohort.atlas-invalid', `${file} is no cohort definition of ATLAS.`, { tip, problems });
}

/** What is nested without end would fill the stack of whoever reads it. */
function refuseDepth(text: string, file: string): void {
  let [depth, line, lineStart, isText] = [0, 1, 0, false];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '\n') [line, lineStart] = [line + 1, at + 1];
    if (isText && sign === '\\') at++;
    else if (sign === '"') isText = !isText;
    else if (isText) continue;
    else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') depth--;
    if (depth <= DEEPEST) continue;
    const message = `${file} is nested more than ${DEEPEST} levels deep.`;
    throw new ChartproofError('cohort.atlas-too-deep', message, { place: { file, line, column: at - lineStart + 1 } });
  }
}

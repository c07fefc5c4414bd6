/**
 * What the statistical script reads, as it may leave. Rules R41 to R43: its values are those of the data set, and treated like them.
 */
import { parse } from 'csv-parse/sync';
import { csvText, type TextFile } from '../../analysis/index.ts';
import { expressionNames, type Protocol, type StatisticSpec } from '../../protocol/index.ts';
import type { FieldPairs } from '../../review/index.ts';
import { closedWords, textOfLiteral } from './closed-words.ts';
import { WITHHELD } from './deidentify.ts';
import { answerRelease } from './released-answer.ts';
import { isOver89, yearsPerUnit } from './time-span.ts';

const VALUES = 'data/statistic-values.csv';

/** The files with ages over 89 and words of the chart taken out of `data/statistic-values.csv`; the others as they are. */
export function releasedStatistics(protocol: Protocol, files: readonly TextFile[]): TextFile[] {
  return files.map((file) => (file.name === VALUES ? { ...file, text: releasedValues(protocol, file.text) } : file));
}

function releasedValues(protocol: Protocol, text: string): string {
  const [header = [], ...rows]: string[][] = parse(text);
  const words = statisticWords(protocol);
  const releases = new Map(protocol.statistics.map((spec) => [spec.id, cellReleases(protocol, spec)]));
  const released = rows.map(([id = '', subject, value = '', second = '', ...groups]) => {
    const [first, other] = releases.get(id.split('/')[0] ?? '') ?? [];
    const word = (cell: string): string => (cell === '' || words.has(cell) ? cell : WITHHELD);
    const cell = (given: string, release: NumberRelease | undefined): string =>
      given !== '' && Number.isFinite(Number(given)) ? String(release?.(Number(given)) ?? given) : word(given);
    return [id, subject, cell(value, first), cell(second, other), ...groups.map(word)];
  });
  return csvText(header, released);
}

type NumberRelease = (value: number) => unknown;

/** How the numbers of the first and the second value of a statistic leave. */
function cellReleases(protocol: Protocol, spec: StatisticSpec): NumberRelease[] {
  const release = (text: string): NumberRelease => answerRelease(protocol, text, { label: spec.label });
  if ('paired' in spec) return spec.paired.map(release);
  if ('number' in spec) return [release(spec.number)];
  if ('time' in spec) return [release(spec.time)];
  return [];
}

type Expression = 'compare' | 'by' | 'stratify' | 'subgroups';

function expressionsOf(spec: StatisticSpec, keys: readonly Expression[]): string[] {
  return keys.flatMap((key) => (spec as Partial<Record<Expression, string>>)[key] ?? []);
}

/** The expressions that put subjects in groups. */
export function groupsOf(spec: StatisticSpec): string[] {
  return expressionsOf(spec, ['by', 'stratify', 'subgroups']);
}

/** The words of the protocol, those in the expressions and labels of its statistics among them. */
export function statisticWords(protocol: Protocol): ReadonlySet<string> {
  const texts = protocol.statistics.flatMap((spec) => [...expressionsOf(spec, ['compare']), ...groupsOf(spec)]);
  const literals = texts.flatMap((text) => expressionNames(text).literals.flatMap(textOfLiteral));
  const labels = protocol.instruments.flatMap(({ fields }) =>
    fields.flatMap((field) => ('choices' in field ? field.choices.map(({ label }) => label) : [])),
  );
  const categories = (protocol.response?.categories ?? []).map(({ label }) => label);
  return new Set([...closedWords(protocol), ...literals, ...labels, ...categories, 'true', 'false', 'yes', 'no']);
}

/** The pairs of abstractors' answers; of an age or a span over 89 years only whether the two are the same will be written. */
export function releasedPairs(pairs: readonly FieldPairs[]): FieldPairs[] {
  return pairs.map((one) => {
    const { field } = one;
    if (field.type !== 'integer' && field.type !== 'decimal') return one;
    const years = yearsPerUnit({ name: field.id, label: field.label, type: field.type, unit: field.unit }, []);
    const isOld = (said: string): boolean =>
      years !== undefined && isOver89(Number(said.replace(/^value:/, '')), years);
    return one.pairs.some((pair) => pair.some(isOld)) ? { ...one, field: { ...field, type: 'text' } } : one;
  });
}

/** `methods.md`: the Methods of a paper as far as the study itself knows them. What it does not know it says. Rules R60 to R62. */
import { fixed, R_VERSION } from '../../analysis/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import type { FieldAgreement } from '../../review/index.ts';
import { silenceText } from '../search-methods.ts';
import { levelNumber } from '../statistic-numbers.ts';
import { outcomePart } from './methods-outcome.ts';
import { analysedCount, type StudyAccount } from './study-account.ts';

/** The paragraph as Markdown, one heading a part. */
export function methodsText(account: StudyAccount): string {
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['Design and setting', design(account)],
    ['Patients', patients(account)],
    ['Abstraction', abstraction(account)],
    ['Agreement and adjudication', agreementPart(account)],
    ['Outcome', outcomePart(account.protocol)],
    ['Statistics and software', software(account)],
  ];
  const text = parts.map(([heading, sentences]) => `### ${heading}\n\n${sentences.join(' ')}`).join('\n\n');
  return `## Methods\n\n${text}\n`;
}

function design({ protocol }: StudyAccount): string[] {
  const { start, end } = protocol.period;
  const { registration, release } = protocol;
  return [
    `This was a retrospective review of charts from ${start} to ${end}.`,
    told('Setting', release.setting, 'The setting is not stated.'),
    registration
      ? `Registration: ${[registration.registry, registration.number].filter(Boolean).join(', ')}.`
      : 'Registration is not stated.',
    registration?.ethics ? `Approval: ${ended(registration.ethics)}` : 'Approval by a committee is not stated.',
    told('Consent', release.consent, 'The consent of patients is not stated.'),
  ];
}

function patients(account: StudyAccount): string[] {
  const { protocol, arms, attrition, screened, searches, isSampled } = account;
  const step = (kind: string) => attrition.find((one) => one.kind === kind)?.n ?? 0;
  const list = arms.map(({ label, found }) => `${label} (${found})`).join('; ');
  const reasons = protocol.exclusions.map(({ label, rule }) => `${label} (${rule ? 'by rule' : 'by a reviewer'})`);
  return [
    `Patients were found in ${arms.length === 1 ? 'one way' : `${arms.length} ways`}: ${list}; ${count(step('identified'), 'person')} in all.`,
    authorization(protocol, step('identified') - step('authorized')),
    reasons.length === 0 ? 'No exclusions were declared.' : `Exclusions, in this order: ${reasons.join('; ')}.`,
    `${count(screened, 'chart')} ${screened === 1 ? 'was' : 'were'} screened by a person, and ${count(analysedCount(account), 'patient')} analysed.`,
    searches === 0
      ? 'No free searches of the notes are in the log.'
      : `${count(searches, 'search', 'searches')} of the notes ${searches === 1 ? 'is' : 'are'} in the log (searches.md).`,
    isSampled
      ? 'A random sample of those whom no search found was read (arms.json).'
      : 'Nobody of those whom no search found was read, so how many were missed is not known from a sample.',
    told('Size', protocol.release.sampleSize, 'Why so many patients is not stated.'),
  ];
}

function authorization({ authorization: { asOf, noneOnRecord } }: Protocol, left: number): string {
  return `Only persons whose records may be used for research were looked at (last decision up to ${asOf}; persons without a decision were ${silenceText(noneOnRecord)}); ${count(left, 'person')} ${left === 1 ? 'was' : 'were'} left out for that.`;
}

function abstraction({ protocol, review }: StudyAccount): string[] {
  const { doubleShare, blinded, abstractors } = protocol.review;
  const fields = protocol.instruments.flatMap((one) => one.fields).filter(({ type }) => type !== 'computed').length;
  const independent =
    abstractors < 2
      ? 'Each chart was planned to be abstracted by one person.'
      : `By the protocol ${fixed(doubleShare * 100, 0)} % of the charts were to be abstracted by ${abstractors} people independently.`;
  return [
    `${count(review.abstractors, 'abstractor')} filled in ${count(protocol.instruments.length, 'form')} with ${count(fields, 'question')}.`,
    independent,
    `${review.doubleCharts} of ${count(review.charts, 'chart')} ${review.doubleCharts === 1 ? 'was' : 'were'} abstracted by two people or more.`,
    abstractors < 2
      ? ''
      : blinded
        ? "Abstractors did not see each other's entries."
        : "Abstractors saw each other's entries.",
    told('Training', protocol.release.training, 'How abstractors were trained is not stated.'),
    'Whether abstractors knew the question of the study is not recorded.',
  ].filter((sentence) => sentence !== '');
}

function agreementPart({ agreement, review }: StudyAccount): string[] {
  if (agreement.length === 0) return ['No chart was abstracted twice, so agreement cannot be told.'];
  const agreed = agreement.map((one) => one.agreed * 100);
  const kappas = agreement.flatMap(({ kappa }) => (kappa === null ? [] : [kappa]));
  const pairs = agreement.reduce((sum, { n }) => sum + n, 0);
  const same = agreement.reduce((sum, { n, differing }) => sum + n - differing, 0);
  return [
    `Before adjudication abstractors agreed in ${fixed((same / pairs) * 100, 1)} % of ${pairs} pairs of answers (by question ${range(agreed, 0)} %; ${count(agreement.length, 'question')}).`,
    kappas.length === 0
      ? 'Kappa cannot be told.'
      : `Cohen's kappa of questions with choices was ${range(kappas, 2)} (median ${fixed(median(kappas), 2)}; ${count(kappas.length, 'question')}; agreement.csv).`,
    worst(agreement),
    review.adjudicated === 0
      ? 'Nothing was adjudicated.'
      : `Differences were settled by ${count(review.adjudicators, 'adjudicator')}, with a reason each: ${review.adjudicated} of ${review.settled} values.`,
  ];
}

function worst(agreement: readonly FieldAgreement[]): string {
  const [last] = agreement.toSorted((a, b) => a.agreed - b.agreed);
  return last && last.differing > 0
    ? `Agreement was lowest for "${last.label}" (${fixed(last.agreed * 100, 0)} %).`
    : '';
}

function software({ facts, protocol, statistics, software: program }: StudyAccount): string[] {
  return [
    ...statisticsPart(protocol, statistics),
    'Missing values were kept by kind; percentages are of all subjects of a column unless a note of the table names others.',
    `${program}; protocol version ${facts.protocolVersion} (SHA-256 ${facts.protocol}), records ${facts.snapshot}, lock of the review ${facts.lock}.`,
  ];
}

/** Which intervals and tests, of how many sides, and what was done about their number. (SAMPL; ICMJE) */
function statisticsPart(protocol: Protocol, { proportions, estimates, curves }: StudyAccount['statistics']): string[] {
  const methodsOf = (all: readonly { readonly method: string }[]): string =>
    [...new Set(all.map(({ method }) => method))].join('; ');
  const levels = [...new Set(protocol.statistics.map(({ level }) => `${levelNumber(level)} %`))];
  const scales = [...new Set(curves.map(({ interval }) => interval))];
  const told = [
    ...(proportions.length > 0 ? [`Intervals of proportions: ${methodsOf(proportions)}.`] : []),
    ...(estimates.length > 0 ? [`Tests and effects: ${methodsOf(estimates)}.`] : []),
    ...(curves.length > 0
      ? [
          `Times to an event were estimated after Kaplan and Meier, with Greenwood's variance and limits on the ${scales.join(' or the ')} scale.`,
        ]
      : []),
  ];
  if (told.length === 0) return ['No statistics were computed.'];
  return [
    ...told,
    `Confidence intervals are of ${levels.join(' or ')}.`,
    ...testsPart(protocol, estimates),
    `All were computed by R ${R_VERSION} (analysis.R).`,
  ];
}

function testsPart(protocol: Protocol, estimates: StudyAccount['statistics']['estimates']): string[] {
  const tests = estimates.filter(({ p }) => p !== null);
  if (tests.length === 0) return ['No hypothesis was tested.'];
  const families = protocol.statistics.flatMap((spec) => ('adjust' in spec && spec.adjust ? [spec.adjust] : []));
  const adjusted = [...new Set(families.map(({ family, method }) => `${family} (${method})`))];
  return [
    'P values are two-sided.',
    ...(adjusted.length > 0 ? [`P values of a family were adjusted together: ${adjusted.join('; ')}.`] : []),
    ...(tests.some(({ pAdjusted }) => pAdjusted === null) && tests.length > 1
      ? [`${adjusted.length > 0 ? 'The others' : 'They'} are not adjusted for the number of tests.`]
      : []),
  ];
}

function told(what: string, text: string | undefined, otherwise: string): string {
  return text === undefined ? otherwise : `${what}: ${ended(text)}`;
}

function ended(text: string): string {
  const plain = text.trim().replaceAll(/\s+/g, ' ');
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function range(values: readonly number[], digits: number): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => fixed(value, digits));
  return low === high ? `${low}` : `${low} to ${high}`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2;
}

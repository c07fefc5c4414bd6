/**
 * Every number of a study by its name, for live numbers in a text. Rule R20 of SPEC.md. A name is the id of a thing and what
 * is asked of it:
 *
 *     improved.percent, tophi-rd.p, time.median ...         what R computed: see statistic-values.ts
 *     included.n, no-disease.n  .N  .percent  .remaining    a step of the account: of a reason, those who left for it
 *     table2.twice.PR.n  .N  .percent  .text                a cell
 *     table1.age.mean  .sd .median .min .max .n .missing    a row that summarizes a number
 *     months.mean ..., alone.n .N .percent                  a variable of the protocol
 *     no-disease.screening.other_response.PR.n              what reviewers answered of those who left for that reason
 *     facts.protocolVersion, facts.from, facts.until, ...   what the results are made from
 */
import { summarize } from '../../analysis/index.ts';
import { stepSubjects } from '../../cohort/index.ts';
import { printedStatistics } from '../printed-tables.ts';
import { excludedAnswers } from './excluded-answers.ts';
import type { LiveSource } from './live-source.ts';
import { type LiveValue, valuesOf } from './live-value.ts';
import { statisticValues } from './statistic-values.ts';
import { summaryFields, tableValues } from './table-values.ts';

/** All of them, in the order in which a paper tells them. */
export function liveValues(source: LiveSource): LiveValue[] {
  return [
    ...factValues(source),
    ...armValues(source),
    ...accountValues(source),
    ...excludedAnswers(source),
    ...statisticValues(source),
    ...variableValues(source),
    ...source.results.tables.flatMap((table, at) => tableValues(source, table, at + 1)),
    ...printedStatistics(source.results, source.statistics).flatMap(({ id, title, number }) =>
      valuesOf({ kind: 'table', id, label: title }, [['number', number]]),
    ),
  ];
}

const SHORT_HASH = 12;
const DAY = 'YYYY-MM-DD'.length;

function factValues({ facts, recordsAt, data }: LiveSource): LiveValue[] {
  const { period } = data.protocol;
  const lock = facts.lock === '' ? 'draft' : facts.lock.slice(0, SHORT_HASH);
  return valuesOf({ kind: 'facts', id: 'facts', label: 'What the results are made from' }, [
    ['title', facts.title],
    ['protocolVersion', facts.protocolVersion],
    ['protocol', facts.protocol.slice(0, SHORT_HASH)],
    ['snapshot', facts.snapshot],
    ['recordsDate', recordsAt?.slice(0, DAY) ?? null],
    ['lock', lock],
    ['from', period.start],
    ['until', period.end],
  ]);
}

function armValues({ arms }: LiveSource): LiveValue[] {
  return arms.flatMap(({ id, label, found, authorized }) =>
    valuesOf({ kind: 'arm', id, label }, [
      ['found', found],
      ['authorized', authorized],
    ]),
  );
}

function accountValues({ attrition, outcomes, screened }: LiveSource): LiveValue[] {
  const steps = attrition.flatMap((step) => {
    const isReason = ['exclusion', 'open', 'not-analysed'].includes(step.kind);
    const before = step.n + step.removed;
    const n = isReason ? step.removed : step.n;
    const isBehindGate = step.kind !== 'found' && step.kind !== 'identified';
    const subjects = isBehindGate
      ? { subjects: stepSubjects(attrition, outcomes, step.id).outcomes.map((one) => one.subject) }
      : {};
    return valuesOf({ kind: 'account', id: step.id, label: step.label }, [
      ['n', n, subjects],
      ...(isReason || step.kind === 'authorized' || step.kind === 'included' || step.kind === 'analysed'
        ? ([
            ['N', before],
            ['percent', before === 0 ? null : (n / before) * 100, subjects],
            ['remaining', step.n],
            ['left', step.removed],
          ] as const)
        : []),
      ...(step.allFailing === undefined ? [] : [['holds', step.allFailing] as const]),
    ]);
  });
  const reasons = attrition.filter(({ kind }) => kind === 'exclusion');
  const all = reasons.reduce((sum, { removed }) => sum + removed, 0);
  const left = reasons.flatMap(({ id }) => stepSubjects(attrition, outcomes, id).outcomes.map((one) => one.subject));
  const isThere = new Set(attrition.map(({ id }) => id));
  return [
    ...steps,
    ...(isThere.has('excluded')
      ? []
      : valuesOf({ kind: 'account', id: 'excluded', label: 'Excluded for any reason' }, [
          ['n', all, { subjects: left }],
        ])),
    ...(isThere.has('screened')
      ? []
      : valuesOf({ kind: 'account', id: 'screened', label: 'Looked at by reviewers' }, [['n', screened]])),
  ];
}

function variableValues({ data }: LiveSource): LiveValue[] {
  return data.protocol.variables.flatMap(({ id, label }) => {
    const having = data.subjects.filter((one) => one.variables[id] !== undefined);
    const thing = { kind: 'variable' as const, id, label };
    if (having.some((one) => typeof one.variables[id] === 'boolean')) {
      const yes = having.filter((one) => one.variables[id] === true).map((one) => one.subject);
      const whole = data.subjects.map((one) => one.subject);
      return valuesOf(thing, [
        ['n', yes.length, { subjects: yes }],
        ['N', whole.length, { subjects: whole }],
        ['percent', whole.length === 0 ? null : (yes.length / whole.length) * 100, { subjects: yes }],
      ]);
    }
    const numbers = having.flatMap((one) => {
      const value = one.variables[id];
      return typeof value === 'number' && Number.isFinite(value) ? [value] : [];
    });
    if (numbers.length < having.length) return [];
    return valuesOf(
      thing,
      summaryFields(summarize(numbers), { digits: 1, subjects: having.map((one) => one.subject) }),
    );
  });
}

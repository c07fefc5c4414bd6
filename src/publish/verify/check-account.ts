/** Whether the account of who left adds up, and the accepted warnings are those of the release. Rules R76 and R77. */
import { parse } from 'csv-parse/sync';
import { asWritten } from '../../analysis/index.ts';
import { canonicalJson, sha256 } from '../../base/index.ts';
import { type ArmOverlap, type AttritionStep, armOverlaps, type CohortRun } from '../../cohort/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import type { Manifest } from '../bundle/manifest.ts';
import type { Findings } from './findings.ts';

type Row = Readonly<Record<string, string>>;

/** `attrition.json`. */
export interface Account {
  readonly steps: readonly AttritionStep[];
  readonly screened: number;
  readonly gate?: Readonly<Record<string, number>>;
}

/** `arms.json`. */
export interface Arms {
  readonly identified: number;
  readonly arms: CohortRun['arms'];
  readonly overlaps: readonly ArmOverlap[];
}

/** The account against the ledger and the data set. */
export function checkAccount(found: Findings, protocol: Protocol): void {
  found.check('attrition.json', () => {
    const { steps, gate } = JSON.parse(found.textOf('attrition.json') ?? '') as Account;
    const ledger = rowsOf(found, 'data/ledger.csv');
    const subjects = rowsOf(found, 'data/subjects.csv');
    for (const [at, step] of steps.entries()) {
      const before = steps[at - 1];
      const place = `attrition.json: ${step.id}`;
      if (before && step.n !== before.n - step.removed) found.wrong(place, 'It does not add up with the step before.');
      const told = Object.entries(inLedger(step, ledger, subjects.length, protocol));
      if (told.some(([what, n]) => step[what as keyof Told] !== n))
        found.wrong(place, 'It is not what data/ledger.csv has.');
    }
    const sum = Object.values(gate ?? {}).reduce((total, n) => total + n, 0);
    const identified = steps.find(({ kind }) => kind === 'identified')?.n;
    if (gate && sum !== identified)
      found.wrong('attrition.json: gate', 'Its counts do not add up to those identified.');
    const stay = ledger.filter(({ outcome }) => outcome === 'included' || outcome === 'not-analysed');
    if (
      stay
        .map(({ subject }) => subject)
        .sort()
        .join() !==
      subjects
        .map(({ subject }) => subject)
        .sort()
        .join()
    )
      found.wrong('data/ledger.csv', 'Those included are not those of data/subjects.csv.');
    return `the account of ${ledger.length} candidates adds up, step by step`;
  });
}

/** What can be told of a step. */
type Told = Partial<Pick<AttritionStep, 'n' | 'removed' | 'allFailing'>>;

/** What the ledger has for a step: how many remain, how many left, for how many the exclusion holds. */
function inLedger({ kind, id }: AttritionStep, ledger: readonly Row[], subjects: number, protocol: Protocol): Told {
  if (kind === 'authorized') return { n: ledger.length };
  if (kind === 'included') return { n: subjects };
  if (kind === 'analysed') return { n: ledger.filter(({ outcome }) => outcome === 'included').length };
  if (kind !== 'exclusion') return {};
  const order = protocol.exclusions.map((one) => one.id);
  const before = order.slice(0, order.indexOf(id) + 1);
  return {
    n: ledger.filter(({ outcome = '' }) => !before.includes(outcome)).length,
    removed: ledger.filter(({ outcome }) => outcome === id).length,
    allFailing: ledger.filter((row) => row.all_exclusions?.split('; ').includes(id)).length,
  };
}

/** The arms against the ledger. */
export function checkArms(found: Findings): void {
  found.check('arms.json', () => {
    const { arms, overlaps } = JSON.parse(found.textOf('arms.json') ?? '') as Arms;
    const candidates = rowsOf(found, 'data/ledger.csv').map((row) => ({ arms: row.arms?.split('; ') ?? [] }));
    if (canonicalJson(overlaps) !== canonicalJson(armOverlaps(candidates)))
      found.wrong('arms.json: overlaps', 'They are not what data/ledger.csv has.');
    for (const { id, authorized } of arms)
      if (candidates.filter((one) => one.arms.includes(id)).length !== authorized)
        found.wrong(`arms.json: ${id}`, 'It is not what data/ledger.csv has.');
    return `${arms.length === 1 ? 'one search' : `${arms.length} searches`} counted anew from the ledger`;
  });
}

/** The accepted warnings are those that the release names. */
export function checkAccepted(found: Findings, { disclosure }: Manifest): void {
  found.check('disclosure.csv', () => {
    const rows = rowsOf(found, 'disclosure.csv').map(
      ({ code = '', place = '', text = '', reason = '', accepted_by: actor = '' }) => ({
        code,
        place: asWritten(place),
        text: asWritten(text),
        reason: asWritten(reason),
        actor: asWritten(actor),
      }),
    );
    if ((rows.length === 0 ? undefined : sha256(canonicalJson(rows))) !== disclosure)
      found.wrong('disclosure.csv', 'The accepted warnings are not those that release.json names.');
    return rows.length === 0 ? undefined : `${rows.length} warnings of the disclosure check, accepted with a reason`;
  });
}

function rowsOf(found: Findings, name: string): readonly Row[] {
  return parse(found.textOf(name) ?? '', { columns: true });
}

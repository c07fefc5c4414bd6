/**
 * How well abstractors agreed. R computes the coefficients with their intervals; what it computed of a study stays until
 * somebody says something new. Rule R48 of SPEC.md.
 */
import {
  type AgreementResult,
  type Coefficient,
  RSession,
  readAgreement,
  runStatistics,
  scriptFiles,
} from '../../analysis/index.ts';
import { sha256 } from '../../base/index.ts';
import {
  agreementByMonth,
  agreementByPair,
  agreementPairs,
  type FieldPairs,
  momentOf,
  type OpenStudy,
  type Review,
} from '../../review/index.ts';
import { requireUnblinded } from '../blinding.ts';
import type { Handlers } from '../http/handler.ts';

export const agreementHandlers = {
  agreement: ({ server, params, who }) =>
    server.studies.with(params.study, async (open) => {
      requireUnblinded(open, who);
      const { fields: pairs, ...groups } = counted(open.review);
      const computed = await coefficients(open, pairs);
      const byField = new Map(computed.map((one) => [`${one.instrument}.${one.field}`, one]));
      return {
        fields: pairs.flatMap((of) => {
          const result = byField.get(`${of.instrument.id}.${of.field.id}`);
          return result ? [fieldView(of, result)] : [];
        }),
        ...groups,
      };
    }),
} satisfies Handlers<'agreement'>;

/** What is counted of the agreement, until anything is said in the study. */
const counts = new WeakMap<object, ReturnType<typeof countsOf>>();

function counted(review: Review): ReturnType<typeof countsOf> {
  const moment = momentOf(review);
  const now = counts.get(moment) ?? countsOf(review);
  counts.set(moment, now);
  return now;
}

function countsOf(review: Review) {
  return { fields: agreementPairs(review), pairs: agreementByPair(review), months: agreementByMonth(review) };
}

/** What R computed of these very pairs; whoever asks while it is computed waits for the same. */
const computed = new WeakMap<Review, { readonly of: string; readonly results: Promise<AgreementResult[]> }>();

function coefficients({ review }: OpenStudy, pairs: readonly FieldPairs[]): Promise<AgreementResult[]> {
  if (pairs.length === 0) return Promise.resolve([]);
  const of = sha256(JSON.stringify(pairs.map((one) => [one.instrument.id, one.field.id, one.pairs])));
  const known = computed.get(review);
  if (known?.of === of) return known.results;
  const results = byR(pairs);
  computed.set(review, { of, results });
  results.catch(() => computed.delete(review)); // told to whoever asked; the next call tries again
  return results;
}

async function byR(pairs: readonly FieldPairs[]): Promise<AgreementResult[]> {
  await using session = new RSession();
  const written = await runStatistics(scriptFiles([], pairs), session);
  return written.flatMap((file) => (file.name === 'agreement.csv' ? readAgreement(file) : []));
}

/** With fewer pairs an interval is as wide as the scale. Rule R48 of SPEC.md. */
const FEW_PAIRS = 30;

function fieldView({ field }: FieldPairs, result: AgreementResult) {
  const { instrument, label, n, differing, agreed, kappa, weightedKappa, ac1, icc, note } = result;
  const warnings = note === undefined ? [] : note.split('; ');
  if (n < FEW_PAIRS) warnings.unshift(`few pairs: ${n}`);
  return {
    instrument,
    field: field.id,
    label,
    guidance: field.guidance ?? null,
    type: field.type,
    n,
    differing,
    agreed,
    kappa: view(kappa),
    weightedKappa: view(weightedKappa),
    ac1: view(ac1),
    icc: view(icc),
    warnings,
  };
}

function view(coefficient: Coefficient | null) {
  return coefficient === null ? null : { value: coefficient.estimate, low: coefficient.low, high: coefficient.high };
}

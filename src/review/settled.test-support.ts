/** The charts of S001 in the tests' study, settled without a database. */
import { type Instrument, type Protocol, parseProtocol } from '../protocol/index.ts';
import { psoriasisProtocol } from './psoriasis-protocol.test-support.ts';
import type { Revision } from './revisions.ts';
import { type SettledSubject, settleSubject } from './settle.ts';

export const protocol = parseProtocol(psoriasisProtocol, 'protocol.yaml');

/** The instruments of the abstraction. */
export const abstracted = protocol.instruments.filter((one) => one.id !== 'screening');

const person = { subject: 'S001', personId: '1', person: 'Patient/1', sex: null, birthDate: null };

/** Settles what was said in the abstraction. */
export function settle(...words: readonly Revision[][]): SettledSubject {
  return settleIn(protocol, abstracted, ...words);
}

/** {@link settle} by another protocol. */
export function settleIn(
  of: Protocol,
  instruments: readonly Instrument[],
  ...words: readonly Revision[][]
): SettledSubject {
  return settleSubject(of, person, words.flat(), instruments);
}

/** All that is asked of somebody who never smoked. */
export const complete = { severity: 'severe', smoker: false, started: '2015-03-01' };

/** The settled values of a record, by field. */
export function valuesOf({ records }: SettledSubject, instrument = 'baseline', at = 0): Record<string, unknown> {
  const values = records[instrument]?.[at]?.values ?? {};
  return Object.fromEntries(
    Object.entries(values).map(([id, { answer }]) => [id, 'value' in answer ? answer.value : answer.missing]),
  );
}

/** What is open, as `instrument row field why`. */
export function openOf({ open }: SettledSubject): string[] {
  return open.map((one) => [one.instrument, one.row, one.field, one.why].filter(Boolean).join(' '));
}

/** The stages of reading a chart, and which instruments each fills in. */
import type { Instrument, Protocol } from '../../protocol/index.ts';
import { isDouble } from '../settle.ts';

/** Stages in which readers fill in instruments, each by oneself. */
export type FormStage = 'screening' | 'abstraction';
export type Stage = FormStage | 'adjudication';
export const stages: readonly Stage[] = ['screening', 'abstraction', 'adjudication'];

export function stageOf(protocol: Protocol, instrument: string): FormStage {
  return instrument === protocol.review.screening ? 'screening' : 'abstraction';
}

export function stageInstruments(protocol: Protocol, stage: FormStage): Instrument[] {
  return protocol.instruments.filter((one) => stageOf(protocol, one.id) === stage);
}

/** How many people read a chart by themselves. Rule R9 of SPEC.md. */
export function readersWanted(protocol: Protocol, subject: string): number {
  return isDouble(protocol, subject) ? protocol.review.abstractors : 1;
}

import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { ChartproofError, inFileOrder, type Problem, readYaml } from '../base/index.ts';
import { checkProtocol } from './check.ts';
import type { OtherTermSets } from './checker.ts';
import { type Protocol, protocolSchema } from './schema.ts';

/** What takes the place of parts that are missing or wrong, so that the mistakes of the others are told as well. */
const STAND_INS = {
  chartproof: 1,
  id: 'x',
  version: 'x',
  title: 'x',
  period: { start: '0001', end: '9999' },
  authorization: { asOf: '9999', noneOnRecord: 'refused' },
  arms: [{ id: 'x', label: 'x', criterion: { sex: 'unknown' } }],
  review: { screening: 'x' },
};

/**
 * Parses `protocol.yaml`; its queries may name the other term sets besides its own. Fails with `protocol.invalid`, whose
 * `problems` are all mistakes with their places.
 */
export function parseProtocol(text: string, file: string, termSets: OtherTermSets = []): Protocol {
  const { value, problems, placeOf, sound } = readYaml(text, file, protocolSchema, 'protocol', STAND_INS);
  const more = sound ? checkProtocol(sound.value, sound.placeOf, termSets).filter(ofOthers(sound.leftOut)) : [];
  const found = value ? checkProtocol(value, placeOf, termSets) : inFileOrder([...problems, ...more]);
  if (value && found.length === 0) return value;
  throw new ChartproofError(
    'protocol.invalid',
    `${file} has ${found.length} mistake${found.length === 1 ? '' : 's'}.`,
    { problems: found },
  );
}

/**
 * Problems that do not rest on what was left out. A field whose type is misspelled is left out, and every expression
 * that names it would seem to be wrong too.
 */
function ofOthers(leftOut: ReadonlySet<string>): (problem: Problem) => boolean {
  return ({ message }) => [...message.matchAll(/`([^`]*)`/g)].every(([, name = '']) => !leftOut.has(name));
}

/** Reads and parses a protocol file. Errors: `protocol.missing-file`, `protocol.not-a-file`, `protocol.not-text`. */
export function readProtocol(path: string, termSets: OtherTermSets = []): Protocol {
  return parseProtocol(readProtocolText(path), path, termSets);
}

/** The text of a protocol file. Errors: as those of {@link readProtocol}. */
export function readProtocolText(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) {
    throw new ChartproofError('protocol.missing-file', `There is no protocol file ${path}.`, {
      tip: 'Check the path.',
    });
  }
  if (!found.isFile()) {
    throw new ChartproofError('protocol.not-a-file', `${path} is no file.`, {
      tip: 'Name the file in it: protocol.yaml.',
    });
  }
  const bytes = readFileSync(path);
  if (!isUtf8(bytes) || bytes.includes(0)) {
    throw new ChartproofError('protocol.not-text', `${path} is not text in UTF-8.`, {
      tip: 'Save it as a text file in UTF-8.',
    });
  }
  return bytes.toString('utf8');
}

/** The JSON Schema (draft 07, which editors know best) of `protocol.yaml`, for completion in an editor. */
export function protocolJsonSchema(): object {
  return z.toJSONSchema(protocolSchema, { io: 'input', target: 'draft-07' });
}

import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { ChartproofError, readYaml } from '../base/index.ts';
import { checkProtocol } from './check.ts';
import { type Protocol, protocolSchema } from './schema.ts';

/** Parses `protocol.yaml`. Fails with `protocol.invalid`, whose `problems` are all mistakes with their places. */
export function parseProtocol(text: string, file: string): Protocol {
  const { value, problems, placeOf } = readYaml(text, file, protocolSchema, 'protocol');
  const found = value ? checkProtocol(value, placeOf) : problems;
  if (value && found.length === 0) return value;
  throw new ChartproofError(
    'protocol.invalid',
    `${file} has ${found.length} mistake${found.length === 1 ? '' : 's'}.`,
    { problems: found },
  );
}

/** Reads and parses a protocol file; `protocol.missing-file` where there is none. */
export function readProtocol(path: string): Protocol {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new ChartproofError('protocol.missing-file', `There is no protocol file ${path}.`, {
      tip: 'Check the path.',
    });
  }
  return parseProtocol(readFileSync(path, 'utf8'), path);
}

/** The JSON Schema (draft 2020-12) of `protocol.yaml`, for completion in an editor. */
export function protocolJsonSchema(): object {
  return z.toJSONSchema(protocolSchema, { io: 'input', target: 'draft-2020-12' });
}

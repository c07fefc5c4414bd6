import { expect, test } from 'vitest';
import { type Manifest, manifestSchema, manifestText, sealOf } from './manifest.ts';

const facts = {
  study: 'frostbite',
  title: 'Frostbite',
  protocolVersion: '1',
  protocol: 'a'.repeat(64),
  snapshot: 'b',
  lock: 'c',
};
const read = (name: string, text: string): Manifest =>
  manifestSchema.parse(JSON.parse(manifestText(facts, 'C 0', new Map([[name, text]]))));

test('[R69] the seal changes with a fact, a name and a byte, and with nothing else', () => {
  const { seal, ...body } = read('x.csv', '1');
  expect(sealOf(body)).toBe(seal);
  expect(read('x.csv', '1').seal).toBe(seal);
  const others = [read('x.csv', '2').seal, read('y.csv', '1').seal, sealOf({ ...body, lock: 'd' })];
  expect(new Set([seal, ...others]).size).toBe(4);
});

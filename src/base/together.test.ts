import { expect, test } from 'vitest';
import { together } from './together.ts';

test('gives the results of works, each in its place', async () => {
  expect(await together([Promise.resolve(1), Promise.resolve('a')])).toEqual([1, 'a']);
});

test('fails as the first that failed, after the others are done', async () => {
  let isDone = false;
  const slow = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => {
    isDone = true;
  });
  await expect(together([slow, Promise.reject(new Error('a')), Promise.reject(new Error('b'))])).rejects.toThrow('a');
  expect(isDone).toBe(true);
});

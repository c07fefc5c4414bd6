import { describe, expect, test } from 'vitest';
import { plain } from './entries.test-support.ts';
import type { Answer } from './entry.ts';
import { sameAnswer } from './same-answer.ts';

describe('two answers', () => {
  test.each<[Answer, Answer, boolean]>([
    [plain('Left  arm'), plain(' left arm '), true],
    [plain(['pits', 'lifting']), plain(['lifting', 'pits']), true],
    [plain(20), { value: 20, evidence: [{ record: 'Condition/1' }], comment: 'sure' }, true],
    [plain(20), plain(21), false],
    [plain(['a|b']), plain(['a', 'b']), false],
    [plain(['pits']), plain(['pits', 'lifting']), false],
    [{ missing: 'conflicting', evidence: [] }, { missing: 'not-documented', evidence: [] }, false],
    [plain('missing:conflicting'), { missing: 'conflicting', evidence: [] }, false],
  ])('[R6] %j and %j', (a, b, same) => {
    expect(sameAnswer(a, b)).toBe(same);
  });
});

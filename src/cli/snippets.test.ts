import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Mention, snippetOf } from '../notes/index.ts';
import { snippetLines } from './snippets.ts';

function mention(text: string, word: string, more: Partial<Mention> = {}): Mention {
  const start = text.indexOf(word);
  return {
    start,
    end: start + word.length,
    text: word,
    term: word,
    assertion: 'affirmed',
    section: 'preamble',
    ...more,
  };
}

describe('the words around a mention', () => {
  test('stand on one line, cut at blanks, without what steers a terminal', () => {
    const text = `${'before '.repeat(20)}\n\n\u001b[31mred gout\u0007 here\r\n${'after '.repeat(20)}`;
    const line = snippetOf(text, [mention(text, 'gout')]);
    expect(line).toContain('before [31mred gout here after');
    expect(line).toMatch(/^…before .* after…$/);
    expect(line).not.toMatch(/\p{Cc}/u);
  });

  test('say what decided, once for each cue, and how many mentions are left out', () => {
    const far = ' word'.repeat(40);
    const text = `No gout.${far} tophi${far} podagra${far} urate`;
    const cue = { category: 'negated' as const, start: 0, end: 2, text: 'No' };
    const mentions = [
      mention(text, 'gout', { assertion: 'negated', cue }),
      ...['tophi', 'podagra', 'urate'].map((word) => mention(text, word)),
    ];
    const lines = snippetLines(text, mentions);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^No gout\. word/);
    expect(lines[1]).toBe('  negated: “No”');
    expect(lines[4]).toBe('and 1 more mention');
  });

  test('stand there once where one term is within another', () => {
    const text = 'Has systemic sclerosis of the hands.';
    const mentions = ['systemic sclerosis', 'sclerosis', 'sclerosis of'].map((word) => mention(text, word));
    expect(snippetLines(text, mentions)).toEqual([text]);
  });

  test('are the beginning of a note where the query asks for no word', () => {
    expect(snippetOf('', [])).toBe('');
    expect(snippetOf('short', [])).toBe('short');
    expect(snippetOf('word '.repeat(50), [])).toMatch(/^(word ?)+…$/);
  });

  test('have the words of the mention, whatever the text is', () => {
    const part = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(part, part, (before, after) => {
        const text = `${before} gout ${after}`;
        const at = before.length + 1;
        const line = snippetOf(text, [{ ...mention(text, 'gout'), start: at, end: at + 4 }]);
        expect(line).toContain('gout');
        expect(line.isWellFormed()).toBe(true);
        expect(line).not.toMatch(/\p{Cc}|\n/u);
      }),
    );
  });
});

import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { newWorkspace, storeOf, type TestNote, testNote } from '../note-store.test-support.ts';
import { parseQuery } from '../parse-query.ts';

const FEVER = 'The patient came in with fever and a cough that had lasted for two weeks.';
const OTHER = 'He walks five miles a day, sleeps well, eats well, and works as a carpenter.';

/** The mentions and notes that a query finds, all and with copies once. */
async function counted(query: string, notes: readonly TestNote[]) {
  const workspace = newWorkspace();
  const store = await storeOf(notes, workspace);
  onTestFinished(() => {
    store.close();
    rmSync(workspace.dir, { recursive: true });
  });
  const answer = store.find(parseQuery(query), {});
  const once = answer.withoutCopies();
  return {
    all: [answer.totals.mentions, answer.totals.notes],
    once: [once.totals.mentions, once.totals.notes],
    notes: [...once.byNote()].map(({ noteId, mentions }) => [noteId, mentions]),
    persons: [...once.byPerson()].map(({ personId, mentions }) => [personId, mentions]),
  };
}

/** Notes of one person, one a month. */
function monthly(...texts: readonly string[]): TestNote[] {
  return texts.map((text, i) => on(`2012-0${i + 1}-01`, text, { note_id: String(i + 1) }));
}

function on(day: string | null, text: string, but: Partial<TestNote>): TestNote {
  return testNote(text, { note_date: day, note_date_source: day, ...but });
}

test('[R75] a paragraph that a later note repeats counts once, where it stood first', async () => {
  const found = await counted('fever', monthly(`${FEVER}\n\n${OTHER}`, FEVER, `${OTHER}\n\n${FEVER}\n\nNo fever.`));
  expect(found).toEqual({
    all: [4, 3],
    once: [2, 2],
    notes: [
      ['1', 1],
      ['3', 1],
    ],
    persons: [['1', 2]],
  });
});

test('[R75] in the notes of other persons it counts', async () => {
  const notes = [FEVER, FEVER].map((text, i) => testNote(text, { note_id: String(i + 1), person_id: String(i + 1) }));
  expect(await counted('fever', notes)).toMatchObject({ all: [2, 2], once: [2, 2] });
});

test('[R75] earlier is by date, the undated last, whatever the order of the notes', async () => {
  const notes = [
    on(null, FEVER, { note_id: '1' }),
    on('2013', FEVER, { note_id: '2' }),
    on('2012', FEVER, { note_id: '3' }),
  ];
  expect(await counted('fever', notes)).toMatchObject({ notes: [['3', 1]] });
});

test('[R75] mentions in short lines are said again, not copied', async () => {
  expect(await counted('fever', monthly('No fever.', 'No fever.'))).toMatchObject({ once: [2, 2] });
});

test('[R75] paragraphs without a mention of the query are not compared', async () => {
  const words = Array.from({ length: 60 }, (_, i) => `word${i}`);
  const notes = monthly(...['without', 'with'].map((cue) => [cue, 'fever', ...words].join(' ')));
  expect(await counted('fever', notes)).toMatchObject({ all: [2, 2], once: [1, 1], notes: [['1', 1]] });
  expect(await counted('affirmed(fever)', notes)).toMatchObject({ all: [1, 1], once: [1, 1], notes: [['2', 1]] });
  expect(await counted('negated(fever)', notes)).toMatchObject({ all: [1, 1], once: [1, 1], notes: [['1', 1]] });
});

test('[R76] a note of which every mention is a copy does not count, one that needs no mention does', async () => {
  const notes = monthly(FEVER, FEVER, OTHER);
  expect(await counted('fever', notes)).toMatchObject({ all: [2, 2], once: [1, 1] });
  expect(await counted('NOT fever', notes)).toMatchObject({ all: [0, 1], once: [0, 1] });
  expect(await counted('person(fever)', notes)).toMatchObject({ all: [2, 3], once: [1, 2] });
});

/** Paragraphs of which no two share a word but those that are asked for, so that a copy is one beyond doubt. */
const POOL = [0, 1, 2].flatMap((of) =>
  [0, 1, 2].map((more) =>
    Array.from({ length: 12 }, (_, i) => `${'abcdefghijkl'[i]}${'xyz'[of]}${'uvw'[more]}q`)
      .with(3 + more, 'fever')
      .with(7, of === 1 ? 'plaque' : 'stable')
      .join(' '),
  ),
);
const paragraphs = fc.array(fc.oneof(fc.nat({ max: POOL.length - 1 }), fc.constant(-1)), { maxLength: 5 });
const charts = fc.array(
  fc.record({
    person: fc.nat({ max: 2 }),
    day: fc.constantFrom('2011-01-01', '2012-01-01', '2013-01-01', null),
    paragraphs,
  }),
  { minLength: 1, maxLength: 10 },
);

test('[R75][R76] counting once is counting each paragraph of a person in its first note', async () => {
  await fc.assert(
    fc.asyncProperty(charts, async (chart) => {
      const notes = chart.map(({ person, day, paragraphs: each }, i) => {
        const text = each.map((at) => (at < 0 ? 'No fever.' : POOL[at])).join('\n\n');
        return on(day, text, { note_id: String(i + 1), person_id: String(person + 1) });
      });
      const workspace = newWorkspace();
      const store = await storeOf(notes, workspace);
      try {
        for (const word of ['fever', 'plaque']) {
          const once = store.find(parseQuery(word), {}).withoutCopies();
          expect([...once.byNote()].map(({ noteId, mentions }) => [noteId, mentions])).toEqual(
            naiveCounts(word, notes),
          );
        }
      } finally {
        store.close();
        rmSync(workspace.dir, { recursive: true });
      }
    }),
    { numRuns: 60 },
  );
});

function naiveCounts(word: string, notes: readonly TestNote[]): [string, number][] {
  const seen = new Set<string>();
  return notes.toSorted(inOrder).flatMap((note): [string, number][] => {
    const having = note.text.split('\n\n').filter((text) => text.split(/\W+/).includes(word));
    const keyOf = (text: string) => `${note.person_id} ${text}`;
    const counting = having.filter((text) => text === 'No fever.' || !seen.has(keyOf(text)));
    for (const text of having) seen.add(keyOf(text));
    return counting.length > 0 ? [[note.note_id, counting.length]] : [];
  });
}

function inOrder(a: TestNote, b: TestNote): number {
  const day = (note: TestNote) => note.note_date ?? '9999';
  return (
    Number(a.person_id) - Number(b.person_id) || day(a).localeCompare(day(b)) || Number(a.note_id) - Number(b.note_id)
  );
}

test('[R75] a note of 20,000 paragraphs with a mention each is counted in moments', async () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `a${i} b${i} c${i} d${i} e${i} f${i} g${i} fever`).join('\n\n');
  const workspace = newWorkspace();
  const store = await storeOf(monthly(text, text), workspace);
  onTestFinished(() => {
    store.close();
    rmSync(workspace.dir, { recursive: true });
  });
  const answer = store.find(parseQuery('fever'), {});
  const began = performance.now();
  expect(answer.withoutCopies().totals).toMatchObject({ mentions: 20_000, notes: 1 });
  expect(performance.now() - began).toBeLessThan(3000); // half a second on a machine that does nothing else
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerView } from '../../../../src/server/contract/index.ts';
import { type Change, ChangeQueue, type FieldPlace, type Outcome, type StoredWord } from './change-queue.ts';

const said = (value: string): AnswerView => ({ value, evidence: [] });
const place = (field: string): FieldPlace => ({ instrument: 'baseline', row: '', field });

/** What the server does with drafts: a change it has had it acknowledges again, one of an old revision it does not take. */
class DraftServer {
  readonly words = new Map<string, StoredWord>();
  readonly taken = new Map<string, StoredWord>();
  /** Which answer each change replaced, to find a lost update. */
  readonly replaced: { readonly change: Change; readonly before: StoredWord }[] = [];

  word(field: string): StoredWord {
    return this.words.get(field) ?? { answer: null, revision: '0' };
  }

  put(change: Change): Outcome {
    const again = this.taken.get(change.changeId);
    if (again) return { kind: 'saved', word: again };
    const before = this.word(change.field);
    if (change.ifMatch !== before.revision) return { kind: 'conflict', current: before };
    const word = { answer: change.answer, revision: String(this.taken.size + 1) };
    this.words.set(change.field, word);
    this.taken.set(change.changeId, word);
    this.replaced.push({ change, before });
    return { kind: 'saved', word };
  }
}

/** A queue whose calls are answered, or lost on one of the two ways, when a test says so. */
function tabOf(server: DraftServer, name: string) {
  let pending: { readonly change: Change; readonly done: (outcome: Outcome) => void } | undefined;
  let later: (() => void) | undefined;
  let ids = 0;
  const queue = new ChangeQueue({
    send: (change) => new Promise((done) => (pending = { change, done })),
    newId: () => `${name}${ids++}`,
    now: () => 0,
    later: (work) => (later = work),
  });
  const settle = async (way: 'answered' | 'request-lost' | 'answer-lost') => {
    const call = pending;
    pending = undefined;
    if (!call) {
      const work = later;
      later = undefined;
      work?.();
    } else if (way === 'request-lost') call.done({ kind: 'unreachable' });
    else {
      const outcome = server.put(call.change);
      call.done(way === 'answered' ? outcome : { kind: 'unreachable' });
    }
    await Promise.resolve();
    await Promise.resolve();
  };
  const isIdle = () => !pending && !later;
  return { queue, settle, isIdle };
}

async function finish({ settle, isIdle }: ReturnType<typeof tabOf>): Promise<void> {
  while (!isIdle()) await settle('answered');
}

describe('what is entered', () => {
  test('is waiting until the server has it', async () => {
    const server = new DraftServer();
    const tab = tabOf(server, 'a');
    tab.queue.enter(place('smoker'), said('yes'));
    expect(tab.queue.field(place('smoker'))).toEqual({ kind: 'waiting', answer: said('yes') });
    expect(tab.queue.state()).toMatchObject({ unsaved: 1, isReachable: true });
    await finish(tab);
    expect(tab.queue.field(place('smoker'))).toEqual({ kind: 'saved', answer: said('yes') });
    expect(tab.queue.state()).toMatchObject({ unsaved: 0, savedAt: 0 });
  });

  test('goes again by the same id where the answer was lost, and is stored once', async () => {
    const server = new DraftServer();
    const tab = tabOf(server, 'a');
    tab.queue.enter(place('smoker'), said('yes'));
    await tab.settle('answer-lost');
    expect(tab.queue.state()).toMatchObject({ unsaved: 1, isReachable: false });
    tab.queue.enter(place('smoker'), said('no'));
    await finish(tab);
    expect(tab.queue.field(place('smoker'))).toEqual({ kind: 'saved', answer: said('no') });
    expect(server.replaced.map(({ change }) => change.answer)).toEqual([said('yes'), said('no')]);
  });

  test('is shown beside what another tab saved, until somebody says whose holds', async () => {
    const server = new DraftServer();
    const [a, b] = [tabOf(server, 'a'), tabOf(server, 'b')];
    a.queue.enter(place('smoker'), said('yes'));
    await finish(a);
    b.queue.enter(place('smoker'), said('no'));
    await finish(b);
    expect(b.queue.field(place('smoker'))).toEqual({
      kind: 'conflict',
      answer: said('no'),
      theirs: { answer: said('yes'), revision: '1' },
    });
    expect(server.word('smoker').answer).toEqual(said('yes'));
    b.queue.keepMine(place('smoker'));
    await finish(b);
    expect(server.word('smoker').answer).toEqual(said('no'));
    a.queue.enter(place('smoker'), said('never'));
    await finish(a);
    a.queue.takeTheirs(place('smoker'));
    expect(a.queue.field(place('smoker'))).toEqual({ kind: 'saved', answer: said('no') });
    expect(a.queue.state()).toMatchObject({ unsaved: 0, conflicts: 0 });
  });

  test('stays in sight where the server refuses it, and other changes go on', async () => {
    const queue = new ChangeQueue({
      send: async ({ field }) =>
        field === 'smoker'
          ? { kind: 'refused', message: 'the quotation is not there' }
          : { kind: 'saved', word: { answer: said('mild'), revision: '1' } },
      newId: () => 'id',
      now: () => 0,
      later: () => undefined,
    });
    queue.enter(place('smoker'), said('yes'));
    queue.enter(place('severity'), said('mild'));
    await new Promise((done) => setTimeout(done));
    expect(queue.field(place('smoker'))).toMatchObject({ kind: 'refused', answer: said('yes') });
    expect(queue.field(place('severity'))).toMatchObject({ kind: 'saved' });
  });
});

const step = fc.record({
  tab: fc.nat(1),
  act: fc.oneof(
    fc.record({ field: fc.constantFrom('smoker', 'severity'), value: fc.integer({ min: 0, max: 9 }) }),
    fc.constantFrom('answered' as const, 'request-lost' as const, 'answer-lost' as const),
  ),
});

describe('whatever is lost on the way', () => {
  test('one tab ends with its last words stored, each change once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const server = new DraftServer();
        const tab = tabOf(server, 'a');
        const last = new Map<string, AnswerView>();
        for (const { act } of steps) {
          if (typeof act === 'string') await tab.settle(act);
          else {
            last.set(act.field, said(String(act.value)));
            tab.queue.enter(place(act.field), said(String(act.value)));
          }
        }
        await finish(tab);
        for (const [field, answer] of last) expect(server.word(field).answer).toEqual(answer);
        expect(tab.queue.state()).toMatchObject({ unsaved: 0, conflicts: 0 });
      }),
    );
  });

  test('of two tabs none replaces a word that it has not seen, and nothing that was entered goes out of sight', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const server = new DraftServer();
        const tabs = [tabOf(server, 'a'), tabOf(server, 'b')] as const;
        const last = [new Map<string, AnswerView>(), new Map<string, AnswerView>()] as const;
        for (const { tab: at, act } of steps) {
          const tab = tabs[at as 0 | 1];
          if (typeof act === 'string') await tab.settle(act);
          else {
            last[at as 0 | 1].set(act.field, said(String(act.value)));
            tab.queue.enter(place(act.field), said(String(act.value)));
          }
        }
        for (const tab of tabs) await finish(tab);
        for (const { change, before } of server.replaced) expect(change.ifMatch).toBe(before.revision);
        for (const [at, tab] of tabs.entries()) {
          for (const [field, answer] of last[at as 0 | 1]) {
            expect(tab.queue.field(place(field)).answer).toEqual(answer);
          }
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysBetween, type PartialDate } from '../base/index.ts';
import type { ResponseRules } from '../protocol/index.ts';
import { type Assessment, inOrder } from './assessment.ts';
import { classifyResponse, type Response, type SubjectFacts } from './classify.ts';
import { judge } from './judged.ts';
import { lesionFacts } from './lesion.ts';

const rules: ResponseRules = {
  assessments: { instrument: 'visit', lesion: 'wart', date: 'seen', status: 'status', size: 'size', basis: 'basis' },
  statuses: {},
  start: 'started',
  categories: [
    { code: 'cleared', label: 'Cleared', when: 'resolved and recurred.not()' },
    { code: 'better', label: 'Better', when: 'regressed' },
    { code: 'same', label: 'No better', when: 'persisted or worsened' },
    { code: 'open', label: 'Not known' },
  ],
  unknown: 'open',
  patient: 'best',
  responders: ['cleared', 'better'],
};
const START = '2020-01-01' as PartialDate;

type Rest = Partial<Assessment>;
const on = (date: string, status: Assessment['status'], rest: Rest = {}): Assessment => ({
  lesion: 'thumb',
  date: date as PartialDate,
  status,
  ...rest,
});
const sized = (date: string, size: number, rest: Rest = {}): Assessment => on(date, 'unchanged', { size, ...rest });
const under = (changes: Partial<ResponseRules>, assessments: readonly Assessment[], subject?: SubjectFacts): Response =>
  classifyResponse({ ...rules, ...changes }, assessments, START, subject);
const bySize = { improvement: { by: 'size', change: -30 } } as const;

describe('which assessments count', () => {
  test('[R11] those on a basis that counts; a lesion assessed only on another is unknown', () => {
    const told = on('2020-02-01', 'resolved', { basis: 'patient' });
    const seen = on('2020-03-01', 'unchanged', { basis: 'provider' });
    expect(under({ counts: ['provider', 'measurement'] }, [told, seen]).category).toBe('same');
    expect(under({}, [told, seen]).category).toBe('better');
    expect(under({ counts: ['provider'] }, [told])).toMatchObject({
      category: 'open',
      explanation: 'open: thumb is open (resolved on 2020-02-01, which does not count by its basis).',
    });
    expect(under({ counts: ['provider'] }, [on('2020-02-01', 'resolved')]).category).toBe('open');
    expect(under({ counts: ['not-stated'] }, [on('2020-02-01', 'resolved')]).category).toBe('cleared');
    expect(lesionFacts([told, seen])).toMatchObject({ byPatient: 1, byProvider: 1, byMeasurement: 0 });
  });

  test('[R16] those within the window', () => {
    const window = { fromDays: 14, toMonths: 6 };
    expect(under({ window }, [on('2020-01-05', 'resolved')]).category).toBe('open');
    expect(under({ window }, [on('2020-01-15', 'resolved')]).category).toBe('cleared');
    expect(under({ window }, [on('2020-02-01', 'unchanged'), on('2020-08-01', 'resolved')]).category).toBe('same');
    const undated = classifyResponse({ ...rules, window }, [on('2020-02-01', 'resolved')], undefined);
    expect(undated.category).toBe('open');
  });
});

describe('a number that decides', () => {
  test('[R12] is told from the last one not after day zero, which decides nothing itself', () => {
    const list = [sized('2019-06-01', 20), sized('2019-12-20', 10), sized('2020-03-01', 7)];
    const { assessments, category, bestChange } = under(bySize, list);
    expect(assessments.map((one) => [one.change, one.leftOut])).toEqual([
      [undefined, 'before'],
      [0, 'baseline'],
      [-30, undefined],
    ]);
    expect([category, bestChange]).toEqual(['better', -30]);
    expect(under(bySize, [sized('2020-03-01', 10), sized('2020-04-01', 9)]).bestChange).toBe(-10);
    expect(under(bySize, [sized('2019-12-20', 10)])).toMatchObject({ category: 'open', responder: false });
  });

  test('[R13] is better at the declared change, also where binary fractions fall short of it', () => {
    const shrunk = (size: number, changes: Partial<ResponseRules> = bySize): string =>
      under(changes, [sized('2019-12-01', 3), sized('2020-03-01', size)]).category;
    expect([shrunk(2.1), shrunk(2.11), shrunk(0)]).toEqual(['better', 'same', 'cleared']);
    expect(shrunk(3.6, { improvement: { by: 'size', change: 20 } })).toBe('better');
    expect(shrunk(0.3, { improvement: { by: 'size', change: -30, resolved: -90 } })).toBe('cleared');
    expect(under(bySize, [sized('2019-12-01', 0), sized('2020-03-01', 4)])).toMatchObject({ category: 'open' });
  });

  test('[R14] is worse from the nadir or from the baseline, and that comes before better', () => {
    const list = [sized('2019-12-01', 100), sized('2020-02-01', 50), sized('2020-04-01', 62)];
    const last = (from: 'nadir' | 'baseline') =>
      judge(list, { ...bySize, worsening: { change: 20, from } }, START, { favourable: false, inside: true }).at(-1);
    expect([last('nadir')?.status, last('baseline')?.status]).toEqual(['worsened', 'improved']);
  });

  test('[R15] is not needed of what is gone or came back, and missed in all others', () => {
    const start = sized('2019-12-01', 10);
    expect(under(bySize, [start, on('2020-02-01', 'resolved')]).category).toBe('cleared');
    expect(under(bySize, [start, on('2020-02-01', 'improved')])).toMatchObject({
      category: 'open',
      explanation:
        'open: thumb is open (unchanged on 2019-12-01, the baseline, improved on 2020-02-01, without a number).',
    });
    expect(under(bySize, [start, on('2020-02-01', 'recurred')]).category).toBe('better');
  });
});

describe('what must be seen again, last, or come back in time', () => {
  const confirmation = { times: 2, afterDays: 28 };

  test('[R17] a better status counts as far as it is confirmed', () => {
    const of = (...list: Assessment[]): Response => under({ confirmation }, list);
    expect(of(on('2020-02-01', 'resolved'), on('2020-03-01', 'resolved')).category).toBe('cleared');
    expect(of(on('2020-02-01', 'resolved'), on('2020-02-15', 'resolved')).category).toBe('same');
    expect(of(on('2020-02-01', 'improved'), on('2020-03-15', 'resolved')).category).toBe('better');
    expect(of(on('2020-02-01', 'improved'), on('2020-02-15', 'unchanged'), on('2020-04-01', 'improved'))).toMatchObject(
      { category: 'same', unconfirmed: true },
    );
    expect(of(on('2020-02-01', 'resolved')).explanation).toBe(
      'same: thumb is same (resolved on 2020-02-01; better, but not confirmed).',
    );
    const within = { ...confirmation, withinDays: 60 };
    expect(under({ confirmation: within }, [on('2020-02-01', 'resolved'), on('2020-06-01', 'resolved')]).category).toBe(
      'same',
    );
  });

  test('[R18] a better status counts where it lasts', () => {
    const durability = { months: 3 };
    const short = [on('2020-02-01', 'resolved'), on('2020-04-01', 'resolved')];
    expect(under({ durability }, short).category).toBe('same');
    expect(under({ durability }, [...short, on('2020-06-01', 'resolved')])).toMatchObject({
      category: 'cleared',
      lesions: [{ facts: { durable: true } }],
    });
    expect(under({ durability }, [...short, on('2020-06-01', 'improved')]).category).toBe('better');
  });

  test('[R19] a recurrence counts within its time, and where it has none', () => {
    const recurrence = { withinMonths: 12 };
    const back = (date: string) => [on('2020-02-01', 'resolved'), on('2020-08-01', 'resolved'), on(date, 'unchanged')];
    expect(under({ recurrence }, back('2020-12-01')).category).toBe('better');
    expect(under({ recurrence }, back('2021-03-01')).category).toBe('cleared');
    expect(under({ recurrence }, [on('2020-02-01', 'recurred')]).lesions).toMatchObject([
      { facts: { recurred: true } },
    ]);
    expect(under({}, back('2021-01-31')).lesions[0]?.facts.recurredAfterMonths).toBeCloseTo(11.9918, 4);
  });

  test('[R20] a limit that a date straddles leaves the category open, where it depends on it', () => {
    const recurrence = { withinMonths: 12 };
    const back = [on('2020-02-15', 'resolved'), on('2021-02', 'unchanged')];
    expect(under({ recurrence }, back)).toMatchObject({ category: 'open', undecided: true });
    expect(under({ recurrence }, back).explanation).toBe(
      'open: thumb is open (resolved on 2020-02-15, unchanged on 2021-02; the dates leave open whether a limit is kept).',
    );
    expect(under({ recurrence }, [...back, on('2020-05-01', 'unchanged')])).toMatchObject({ category: 'better' });
    expect(under({ window: { toMonths: 6 } }, [on('2020', 'resolved')]).undecided).toBe(true);
    expect(under({ confirmation }, [on('2020-02', 'resolved'), on('2020-03', 'resolved')]).undecided).toBe(true);
  });
});

describe('from lesions to the subject', () => {
  const thumb = on('2020-02-01', 'improved');
  const heel = on('2020-02-01', 'unchanged', { lesion: 'heel' });
  const blurred = on('2020-02-01', 'not-evaluable', { lesion: 'toe' });

  test('[R21] any that responds; else unknown where one is unknown', () => {
    const any = (...list: Assessment[]): string => under({ patient: 'any' }, list).category;
    expect([any(thumb, heel, blurred), any(heel, blurred), any(heel), any()]).toEqual([
      'better',
      'open',
      'same',
      'open',
    ]);
    expect(under({ patient: 'best' }, [heel, blurred]).category).toBe('same');
  });

  test('[R22] the index lesion decides alone', () => {
    const of = (index?: string) => under({ patient: 'index' }, [thumb, heel], { index });
    expect([of('heel').category, of('thumb').category, of('knee').category, of().category]).toEqual([
      'same',
      'better',
      'open',
      'open',
    ]);
    expect(of('heel').monthsToResponse).toBeUndefined();
    expect(of().explanation).toContain('by the rule "index" (not named)');
  });

  test('[R23] no response needs enough treatment, a response does not', () => {
    const exposure = { minimum: 'weeks >= 8' };
    const of = (list: Assessment[], exposed: boolean | undefined, otherwise?: string) =>
      under({ exposure: { ...exposure, ...(otherwise ? { otherwise } : {}) } }, list, { exposed });
    expect([of([heel], true).category, of([heel], false).category, of([heel], undefined).category]).toEqual([
      'same',
      'open',
      'open',
    ]);
    expect(of([thumb], false).category).toBe('better');
    expect(of([heel], false, 'cleared').category).toBe('cleared');
    expect(of([heel], false).explanation).toContain('It would be same, but the treatment is not known');
  });

  test('[R24] best change, duration and whether it ended', () => {
    const two = [
      sized('2019-12-01', 10),
      sized('2020-02-01', 4),
      sized('2020-05-01', 5),
      sized('2019-12-01', 10, { lesion: 'heel' }),
      sized('2020-02-01', 9, { lesion: 'heel' }),
    ];
    expect(under(bySize, two)).toMatchObject({ bestChange: -60, ended: false, lastMonths: expect.closeTo(3.9754, 4) });
    expect(under(bySize, two).durationMonths).toBeCloseTo(2.9569, 4);
    expect(under({ ...bySize, patient: 'worst' }, two)).toMatchObject({ category: 'same', bestChange: -10 });
    expect(under({ ...bySize, patient: 'worst' }, two).durationMonths).toBeUndefined();
    expect(under(bySize, [...two, sized('2020-07-01', 9)])).toMatchObject({ ended: true });
  });
});

const day = fc.integer({ min: 0, max: 250 }).map((n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10));
const status = fc.constantFrom<Assessment['status'][]>(
  'resolved',
  'improved',
  'unchanged',
  'worsened',
  'recurred',
  'not-evaluable',
);
const one = fc
  .record({ date: day, status, size: fc.integer({ min: 0, max: 9 }), lesion: fc.constantFrom('thumb', 'heel') })
  .map((it): Assessment => ({ ...it, date: it.date as PartialDate }));
const many = fc.array(one, { maxLength: 7 });
const rank = (code: string): number => rules.categories.findIndex((category) => category.code === code);

describe('whatever the assessments', () => {
  test('[R17] counts as confirmed what a naive reading of every later assessment confirms', () => {
    const naive = (list: readonly Assessment[], least: readonly string[]): boolean => {
      const said = inOrder(list).filter((it) => it.status !== 'not-evaluable');
      return said.some((first, at) => {
        if (!least.includes(first.status)) return false;
        for (const later of said.slice(at + 1)) {
          if (!least.includes(later.status)) return false;
          if (daysBetween(first.date, later.date).min >= 28) return true;
        }
        return false;
      });
    };
    const confirmation = { times: 2, afterDays: 28 };
    fc.assert(
      fc.property(many, (list) => {
        const facts = lesionFacts(list, { confirmation });
        expect(facts.resolved).toBe(naive(list, ['resolved']));
        expect(facts.confirmed).toBe(naive(list, ['resolved', 'improved']));
      }),
    );
  });

  test('[R17] asking for more confirmation never makes a subject better', () => {
    const least = fc.record({ times: fc.integer({ min: 2, max: 3 }), afterDays: fc.integer({ min: 0, max: 90 }) });
    const more = fc.record({ times: fc.integer({ min: 0, max: 2 }), afterDays: fc.integer({ min: 0, max: 60 }) });
    fc.assert(
      fc.property(many, least, more, (list, confirmation, extra) => {
        const stricter = {
          times: confirmation.times + extra.times,
          afterDays: confirmation.afterDays + extra.afterDays,
        };
        const ranks = [{}, { confirmation }, { confirmation: stricter }].map((it) => rank(under(it, list).category));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });

  test('[R18] asking for longer never makes a subject better', () => {
    fc.assert(
      fc.property(many, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 }), (list, months, more) => {
        const of = (durability: ResponseRules['durability']): number => rank(under({ durability }, list).category);
        expect(of({ months })).toBeLessThanOrEqual(of({ months: months + more }));
        expect(of(undefined)).toBeLessThanOrEqual(of({ months }));
      }),
    );
  });

  test('[R13][R24] sizes in any order of entry give the same verdict, and never one that is not a number', () => {
    const shuffled = many.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const verdict = under({ ...bySize, worsening: { change: 20, from: 'nadir' } }, list);
        expect(under({ ...bySize, worsening: { change: 20, from: 'nadir' } }, other)).toEqual(verdict);
        expect(JSON.stringify(verdict)).not.toMatch(/NaN|Infinity/);
        expect(verdict.bestChange ?? 0).not.toBeNaN();
      }),
    );
  });

  test('[R20] full dates leave nothing open', () => {
    const limits = {
      confirmation: { times: 2, afterDays: 28 },
      recurrence: { withinMonths: 2 },
      durability: { months: 1 },
    };
    fc.assert(fc.property(many, (list) => !under({ ...limits, window: { toMonths: 6 } }, list).undecided));
  });

  test('[R21] any is no better than the best, and no worse than all', () => {
    fc.assert(
      fc.property(many, (list) => {
        const [best, any, all] = (['best', 'any', 'all'] as const).map((patient) =>
          rank(under({ patient }, list).category),
        );
        expect(any).toBeGreaterThanOrEqual(best ?? 0);
        expect(any).toBeLessThanOrEqual(all ?? 0);
      }),
    );
  });
});

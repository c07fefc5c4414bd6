import { describe, expect, test } from 'vitest';
import { verifyAudit } from '../workspace/index.ts';
import { abstraction, adjudication, cited, screening, severeSmoker } from './entries.test-support.ts';
import { loading, psoriasisStudy } from './psoriasis-study.test-support.ts';
import { newestRevisions } from './revisions.ts';

describe('what was said', () => {
  const said = (study: Awaited<ReturnType<typeof psoriasisStudy>>) =>
    Object.fromEntries(
      newestRevisions(study.review.database).map(({ field, answer }) => [
        field,
        'value' in answer ? answer.value : answer.missing,
      ]),
    );

  test('[R4] the same again changes nothing', async () => {
    using study = await psoriasisStudy();
    expect(await study.load(screening(), abstraction())).toEqual({ entries: 2, added: 2, unchanged: 0, revisions: 5 });
    const before = study.stored();
    expect(await study.load(screening(), abstraction())).toEqual({ entries: 2, added: 0, unchanged: 2, revisions: 0 });
    expect(study.stored()).toEqual(before);
  });

  test('[R4] the same twice in one file is one', async () => {
    using study = await psoriasisStudy();
    const { rows } = verifyAudit(study.review.database);
    expect(await study.load(screening(), screening())).toMatchObject({ added: 1, unchanged: 1, revisions: 1 });
    expect(verifyAudit(study.review.database)).toEqual({ ok: true, rows: rows + 1 });
  });

  test('[R4] a changed entry is a new revision, and the old one stays', async () => {
    using study = await psoriasisStudy();
    await study.load(abstraction());
    const corrected = { ...severeSmoker, pack_years: cited(2, '2') };
    expect(await study.load(abstraction({ values: corrected }))).toMatchObject({ added: 1, revisions: 1 });
    expect(said(study)).toMatchObject({ pack_years: 2, severity: 'severe' });
    const [all] = study.stored() as [{ field: string; answer: string }[]];
    expect(all.filter((one) => one.field === 'pack_years')).toHaveLength(2);
  });

  test('[R4] a value left out of a changed entry is withdrawn, and can be said again', async () => {
    using study = await psoriasisStudy();
    await study.load(abstraction());
    const { started: _, ...rest } = severeSmoker;
    expect(await study.load(abstraction({ values: rest }))).toMatchObject({ revisions: 1 });
    expect(Object.keys(said(study))).not.toContain('started');
    expect(await study.load(abstraction({ at: '2024-03-01T00:00:00Z' }))).toMatchObject({ revisions: 1 });
    expect(said(study).started).toBe('2015-03-01');
  });

  test('[R4] an old file loaded again takes no correction back', async () => {
    using study = await psoriasisStudy();
    // The second entry says the same as the first at a later time: it leaves no revision, but is known when it comes again.
    const old = [abstraction(), abstraction({ at: '2024-02-02T00:00:00Z' })];
    await study.load(...old);
    await study.load(
      abstraction({ at: '2024-03-01T00:00:00Z', values: { ...severeSmoker, pack_years: cited(2, '2') } }),
    );
    const before = study.stored();
    expect(await study.load(...old)).toMatchObject({ unchanged: 2 });
    expect(study.stored()).toEqual(before);
    expect(said(study).pack_years).toBe(2);
  });

  test('[R4] another reason of an adjudicator is a new revision', async () => {
    using study = await psoriasisStudy();
    await study.load(adjudication('severity', cited('mild', 'plaque')));
    expect(
      await study.load(adjudication('severity', cited('mild', 'plaque'), { reason: 'asked again' })),
    ).toMatchObject({ revisions: 1 });
    expect(newestRevisions(study.review.database)).toMatchObject([{ reason: 'asked again' }]);
  });

  test('[R4] each entry leaves a row in the audit trail, which holds', async () => {
    using study = await psoriasisStudy();
    const { database } = study.review;
    const { rows: before } = verifyAudit(database);
    await study.load(
      screening(),
      abstraction(),
      abstraction({ at: '2024-03-01T00:00:00Z' }),
      adjudication('severity', cited('mild', 'plaque')),
    );
    expect(verifyAudit(database)).toEqual({ ok: true, rows: before + 4 });
    const [last] = database.all(database.db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1));
    const subject = study.subject('Patient/1');
    expect(last).toMatchObject({ actor: loading.actor, at: loading.at, action: 'review.adjudication', subject });
    expect(JSON.parse(last?.detail ?? '')).toMatchObject({ said: { reviewer: 'carl' } });
  });
});

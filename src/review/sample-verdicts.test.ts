import { describe, expect, test } from 'vitest';
import { drawSample } from '../cohort/index.ts';
import { loadStudyProtocol } from '../protocol/index.ts';
import { verifyAudit } from '../workspace/index.ts';
import { notes, type PsoriasisStudy, psoriasisStudy } from './psoriasis-study.test-support.ts';
import { lastVerdicts, sampleVerdicts, saySampleVerdict } from './sample-verdicts.ts';

const anna = { actor: 'anna', at: '2024-02-01T00:00:00Z' };
const sentence = { note: 'DocumentReference/5', quote: 'Psoriasis was seen elsewhere.' };

/** Draws the one person whom no arm found; what then is said of N001. */
async function sampled(study: PsoriasisStudy) {
  const { review, workspace } = study;
  const protocol = loadStudyProtocol(workspace, review.protocol.id);
  const sample = await drawSample({ database: review.database, gate: review.gate, study: protocol }, { size: 5 }, anna);
  const say = (isCase: boolean, more: object = {}, by = anna) =>
    saySampleVerdict(review, { subject: 'N001', isCase, quotations: [], records: [], ...more }, by);
  return { sample, say, said: () => sampleVerdicts(review.database, sample) };
}

describe('a verdict', () => {
  test('[R21] that somebody is a case cites the chart of this very person, word for word', async () => {
    using study = await psoriasisStudy();
    const { sample, say, said } = await sampled(study);
    expect(sample.persons).toMatchObject([{ subject: 'N001', person: 'Patient/5' }]);
    const invalid = (code: string) => expect.objectContaining({ problems: [expect.objectContaining({ code })] });
    await expect(say(true)).rejects.toEqual(invalid('review.no-evidence'));
    const foreign = { note: 'DocumentReference/1', quote: notes['DocumentReference/1']?.slice(0, 10) };
    await expect(say(true, { quotations: [foreign] })).rejects.toEqual(invalid('review.unknown-note'));
    await expect(say(true, { records: ['Condition/1'] })).rejects.toEqual(invalid('review.unknown-record'));
    const other = { ...sentence, quote: 'Psoriasis was never seen.' };
    await expect(say(true, { quotations: [other] })).rejects.toMatchObject({ code: 'review.quote-differs' });
    await expect(say(false, { subject: 'S001' })).rejects.toMatchObject({ code: 'cohort.not-in-sample' });
    expect(said()).toEqual([]);
    await say(true, { quotations: [sentence] });
    const start = notes['DocumentReference/5']?.indexOf(sentence.quote) ?? -1;
    const evidence = [{ ...sentence, start, end: start + sentence.quote.length }];
    expect(said()).toEqual([{ subject: 'N001', reviewer: 'anna', isCase: true, evidence, at: anna.at }]);
  });

  test('[R22] stands beside the one before, the last counts, and the audit trail has both without their words', async () => {
    using study = await psoriasisStudy();
    const { say, said } = await sampled(study);
    await say(true, { quotations: [sentence] });
    await say(false, {}, { actor: 'ben', at: '2024-02-02T00:00:00Z' });
    expect(said().map(({ reviewer, isCase }) => [reviewer, isCase])).toEqual([
      ['anna', true],
      ['ben', false],
    ]);
    expect(lastVerdicts(said()).get('N001')).toMatchObject({ reviewer: 'ben', isCase: false });
    const { database } = study.review;
    expect(() => database.sql.exec("UPDATE sample_verdict SET answer = ''")).toThrow(/append-only/);
    expect(() => database.sql.exec('DELETE FROM sample_verdict')).toThrow(/append-only/);
    const trail = database.all(database.db.selectFrom('audit').selectAll().where('action', '=', 'sample.verdict'));
    expect(trail.map(({ actor, subject }) => [actor, subject])).toEqual([
      ['anna', 'N001'],
      ['ben', 'N001'],
    ]);
    expect(JSON.stringify(trail)).not.toMatch(/elsewhere/);
    expect(verifyAudit(database).ok).toBe(true);
  });
});

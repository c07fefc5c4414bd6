/** How a note says that a treated lesion is better, the same or worse, by report or by measurement. */
import type { Random } from '../institution/index.ts';
import { type IncludedCase, isMissing } from './cases.ts';
import type { Draft } from './composer.ts';
import { keys, oneOf, rowKeys, type Telling } from './telling.ts';

type Assessment = IncludedCase['assessments'][number];

/** Writes the sentences of one assessment and remembers them for its row. */
export function writeAssessment(draft: Draft, random: Random, telling: Telling, row: Assessment): void {
  const { one, voice } = telling;
  const place = one.lesions[row.lesion] ?? row.lesion;
  const key = `${row.lesion}@${row.date}`;
  const { determined_by } = one.treatment;
  const determines = !isMissing(determined_by) && row.basis === determined_by;
  const sentences = row.basis === 'both' ? measured(telling, row, place) : reported(row, place, voice.She);
  draft.fact(
    [
      ...rowKeys('assessment', key, 'lesion', 'status', 'basis'),
      ...(determines ? keys('treatment', 'determined_by') : []),
    ],
    oneOf(random, sentences),
  );
  if (row.pain) draft.fact(rowKeys('assessment', key, 'pain'), oneOf(random, painSentences(row.pain, place)));
}

function reported({ status }: Assessment, place: string, She: string): readonly string[] {
  const she = She.toLowerCase();
  return (
    {
      resolved: [
        `${She} reports that the lump at the ${place} has gone.`,
        `By report the deposit of the ${place} has resolved completely.`,
        `Pt says nothing is left at the ${place}.`,
      ],
      improved: [
        `${She} says the ${place} deposit is smaller and softer.`,
        `Per patient the calcinosis of the ${place} has improved.`,
        `${She} feels the lump at the ${place} has decreased in size; not measured today.`,
        `Tells me that the ${place} is better, less hard than it was.`,
      ],
      unchanged: [
        `${She} has seen no change at the ${place}.`,
        `By report the deposit at the ${place} is unchanged.`,
        `${place.charAt(0).toUpperCase()}${place.slice(1)}: about the same, per patient.`,
      ],
      worsened: [
        `${She} feels the ${place} deposit has become larger and worse.`,
        `Per patient the ${place} is worse.`,
        `Tells me the ${place} lump has enlarged.`,
      ],
      recurred: [
        `${She} reports that the deposit of the ${place} has come back after it had been gone.`,
        `Per patient, recurrence at the ${place}, which had cleared.`,
      ],
      not_evaluable: [
        `The ${place} was bandaged and not looked at, and ${she} could not say how it did.`,
        `Response at the ${place} cannot be told from this visit.`,
      ],
    }[status] ?? [`${place}: ${status}.`]
  );
}

function measured(telling: Telling, row: Assessment, place: string): readonly string[] {
  const { She } = telling.voice;
  const [before, now] = sizes(telling, row);
  return (
    {
      resolved: [
        `${She} reports the ${place} is clear, and on exam nothing is left of the deposit (was ${before} mm).`,
        `The ${place} deposit, ${before} mm at the start, is gone by report and to palpation.`,
      ],
      improved: [
        `${She} notes improvement, and the ${place} deposit measures ${now} mm, was ${before} mm.`,
        `Better per patient and by calipers: ${place} ${before} mm before, ${now} mm now.`,
        `${She} is pleased; on exam the ${place} nodule is smaller, ${now} mm (${before} mm at the start).`,
        `Softer and smaller by report; measured at the ${place} ${now} mm against ${before} mm.`,
      ],
      unchanged: [
        `${She} sees no change, and the ${place} deposit still measures ${now} mm.`,
        `Unchanged per patient; ${place} ${before} mm before and ${now} mm now.`,
      ],
      worsened: [`${She} says it is worse, and the ${place} deposit now measures ${now} mm, was ${before} mm.`],
      recurred: [
        `${She} says it returned, and the ${place} deposit again measures ${now} mm after it had been smaller.`,
        `Recurrence at the ${place} by report and on exam, ${now} mm again.`,
      ],
    }[row.status] ?? [`${place}: ${row.status}, ${now} mm.`]
  );
}

const SHRINKS = [0.65, 0.5, 0.42, 0.36] as const;

/** Millimetres at the start and now: the same lesion is the same in every note. */
function sizes({ one, stream }: Telling, { lesion, date, status }: Assessment): readonly [number, number] {
  const before = stream(`size of ${lesion}`).integer(14, 26);
  const better = one.assessments.filter((row) => row.lesion === lesion && row.date < date && row.status === 'improved');
  const factor = { improved: SHRINKS[better.length] ?? 0.3, worsened: 1.35, resolved: 0 }[status] ?? 1;
  return [before, Math.round(before * factor)];
}

function painSentences(pain: string, place: string): readonly string[] {
  return (
    {
      less: [
        `Pain at the ${place} is less than before.`,
        `The ${place} hurts less.`,
        `Less tender at the ${place}, 2/10.`,
      ],
      same: [`Pain at the ${place} is the same.`, `The ${place} is as tender as before.`],
      more: [`There is more pain at the ${place}.`, `The ${place} has become more painful.`],
    }[pain] ?? [`Pain: ${pain}.`]
  );
}

/** Why and when the treatment ended, and what it did to the skin. */
import { type Random, usDate } from '../institution/index.ts';
import { isMissing } from './cases.ts';
import type { Draft } from './composer.ts';
import { keys, oneOf, rowKeys, type Telling } from './telling.ts';

const reasons: Readonly<Record<string, readonly string[]>> = {
  resolved: ['because a lesion had resolved', 'as the deposit had cleared'],
  no_benefit: ['for lack of benefit', 'since it did not help'],
  adverse_event: ['because of the side effect', 'on account of the skin reaction'],
  other: [
    'since the compounded drug was no longer covered',
    'because of the cost',
    'as the patient did not want to go on with it',
  ],
};

/** The sentence about the end; nothing where the treatment went on. */
export function writeStop(draft: Draft, random: Random, { one }: Telling): void {
  const { stop_date, stop_reason = 'other' } = one.treatment;
  if (isMissing(stop_date)) return;
  const why = random.pick(reasons[stop_reason] ?? ['']);
  const day = usDate(stop_date);
  draft.fact(
    keys('treatment', 'stop_date', 'stop_reason'),
    oneOf(random, [
      `Topical thiosulfate was stopped on ${day} ${why}.`,
      `Sodium thiosulfate discontinued ${day} ${why}.`,
    ]),
  );
}

/** The sentences about adverse events; nothing where there were none. */
export function writeEvent(draft: Draft, random: Random, { one, voice }: Telling): void {
  for (const [index, event] of one.adverse_events.entries()) {
    const row = `event-${index + 1}`;
    const day = usDate(event.onset);
    const pain = event.term === 'application_pain';
    draft.fact(
      rowKeys('adverse_event', row, 'term', 'onset'),
      pain
        ? oneOf(random, [
            `Since ${day} it burns and is painful on each application.`,
            `Painful application from ${day} on.`,
          ])
        : oneOf(random, [
            `Red, burning skin irritation where it was applied, since ${day}.`,
            `Skin irritation at the site began ${day}.`,
          ]),
    );
    draft.fact(
      rowKeys('adverse_event', row, 'grade'),
      oneOf(random, [
        `Grade ${event.grade}: needed hydrocortisone cream.`,
        `Graded ${event.grade} (local treatment, trouble with ${voice.her} housework).`,
      ]),
    );
    if (event.stopped_treatment) {
      draft.fact(
        rowKeys('adverse_event', row, 'stopped_treatment'),
        oneOf(random, ['The preparation was stopped for it.', 'Told to stop using it because of this.']),
      );
    }
  }
}

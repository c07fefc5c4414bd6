/** The episodes of the protocol's treatments as a file of the data set. Rule R49 of SPEC.md of `response`. */
import type { TreatmentEpisode } from '../response/index.ts';
import type { DataColumn } from './data-column.ts';
import type { DataSet } from './data-set.ts';

/** One episode of one subject. */
export interface EpisodeRow {
  readonly subject: string;
  readonly treatment: string;
  /** From 1, by time. */
  readonly number: number;
  readonly episode: TreatmentEpisode;
}

/** All episodes, subjects and treatments in their order. */
export function episodeRows({ included }: Pick<DataSet, 'included'>): EpisodeRow[] {
  return included.flatMap(({ subject, treatments }) =>
    treatments.flatMap(({ id, episodes }) =>
      episodes.map((episode, at) => ({ subject, treatment: id, number: at + 1, episode })),
    ),
  );
}

/** How each episode is described. */
export const episodeColumns: readonly DataColumn<EpisodeRow>[] = [
  column('subject', 'Subject', 'text', (row) => row.subject),
  column('treatment', 'Treatment, by its name in the protocol', 'text', (row) => row.treatment),
  column('episode', 'Number of the episode', 'integer', (row) => row.number),
  column('start_earliest', 'First day, at the earliest', 'date', ({ episode }) => episode.start.earliest),
  column('start_latest', 'First day, at the latest', 'date', ({ episode }) => episode.start.latest),
  column('stop_earliest', 'Last day, at the earliest', 'date', ({ episode }) => episode.stop.earliest),
  column('stop_latest', 'Last day, at the latest', 'date', ({ episode }) => episode.stop.latest),
  column('ongoing', 'Goes on at the end of the period', 'yesno', ({ episode }) => episode.ongoing),
  column('sure', 'One episode however partial dates are filled in', 'yesno', ({ episode }) => episode.isSure),
  column('days', 'Length, to the end of the period at the most', 'integer', ({ episode }) => episode.days, 'd'),
  column('gap_days', 'Days without the drug within it', 'integer', ({ episode }) => episode.gapDays, 'd'),
  column('dose', 'Dose at its start', 'decimal', ({ episode }) => episode.dose?.value),
  column('last_dose', 'Dose of its last use', 'decimal', ({ episode }) => episode.lastDose?.value),
  column('dose_unit', 'Unit of the dose at its start', 'unit', ({ episode }) => episode.dose?.unit),
  column(
    'dose_per',
    'The dose at its start is that of a day, of one time, or the strength of a preparation',
    'text',
    ({ episode }) => episode.dose?.per,
  ),
  column('frequency', 'How often, as the source says', 'text', ({ episode }) => episode.frequency),
  column('dose_changes', 'Changes of the dose', 'text', ({ episode }) =>
    episode.changes.map(({ on, from, to }) => `${on}: ${from.value} to ${to.value} ${to.unit}`).join('; '),
  ),
  column('amount', 'Amount supplied', 'decimal', ({ episode }) => episode.amount),
  column('amount_unit', 'Unit of the amount', 'unit', ({ episode }) => episode.amountUnit),
  column('fills', 'How often it was dispensed', 'integer', ({ episode }) => episode.fills),
  column('refills', 'Fills after the first, or as reviewers stated', 'integer', ({ episode }) => episode.refills),
  column('uses', 'How many rows and statements it is made of', 'integer', ({ episode }) => episode.uses.length),
];

function column(
  name: string,
  label: string,
  type: string,
  value: (row: EpisodeRow) => unknown,
  unit?: string,
): DataColumn<EpisodeRow> {
  return { name, label, type, unit, value };
}

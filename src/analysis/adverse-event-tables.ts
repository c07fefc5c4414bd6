/** The protocol's tables of adverse events. Rules R50 to R54 of SPEC.md. */
import type { AdverseEventTableSpec } from '../protocol/index.ts';
import { type DataSet, holds } from './data-set.ts';
import { eventCountTable } from './event-count-table.ts';
import { type EventFrame, eventHolds } from './event-frame.ts';
import { eventListing } from './event-listing.ts';
import { eventPatientTable } from './event-patient-table.ts';
import type { ResultTable } from './results.ts';

/** Counts patients, or events, or lists the events. A study without `adverseEvents` has none. */
export function buildAdverseEventTable(data: DataSet, table: AdverseEventTableSpec): ResultTable {
  const frame = frameOf(data, table);
  switch (table.count) {
    case 'patients':
      return eventPatientTable(frame);
    case 'events':
      return eventCountTable(frame);
    case 'listing':
      return eventListing(frame);
  }
}

function frameOf(data: DataSet, table: AdverseEventTableSpec): EventFrame {
  const { population, events: asked } = table;
  const subjects =
    population === undefined ? data.subjects : data.subjects.filter((one) => holds(data, population, one));
  const events = subjects.flatMap((subject) => subject.adverseEvents.map((event) => ({ subject, event })));
  return {
    data,
    table,
    subjects,
    events: asked === undefined ? events : events.filter(({ event }) => eventHolds(data, asked, event)),
  };
}

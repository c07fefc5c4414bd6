/** A chart of the study as it is written: records and notes at once, each note in an encounter of its own. */
import type { Chart, Institution, NoteType, Specialty } from '../institution/index.ts';
import type { Decision, PersonOfCase } from './cases.ts';
import { type ChartText, composeChart, type Draft } from './composer.ts';
import type { Diagnosis } from './disease-codes.ts';

/** A visit or call: when, what its note is filed under, and what is coded at it. */
export interface Visit {
  readonly date: string;
  readonly type: NoteType;
  readonly specialty: Specialty;
  readonly diagnoses?: readonly Diagnosis[];
  readonly inpatient?: boolean;
}

export interface StudyChart {
  readonly chart: Chart;
  /** Writes an encounter, its diagnoses and its note. */
  visit(visit: Visit, write: (draft: Draft) => void): { readonly encounter: string; readonly text: string };
  /** What the notes say, and where. */
  finish(): ChartText;
}

/** Who a chart of the study is about, and what was decided about research. */
export interface ChartHead {
  readonly id: string;
  readonly person: PersonOfCase;
  readonly consent: readonly Decision[];
  readonly recordNumber: string;
  readonly deathDate?: string;
}

/** Opens the chart of a case and writes its consents. The chart's ids depend on the seed and the case's id only. */
export function openStudyChart(
  institution: Institution,
  { id, person, consent, recordNumber, deathDate }: ChartHead,
): StudyChart {
  const { given, family, sex, birth, race } = person;
  const chart = institution.chart(`reference-study-${id}`, {
    sex,
    birthDate: birth,
    race,
    ethnicity: 'Not Hispanic or Latino',
    family,
    given,
    recordNumber,
    ...(deathDate ? { deathDate } : {}),
  });
  for (const { decision, date } of consent) {
    chart.consent({ date, decision: decision === 'granted' ? 'permit' : 'deny' });
  }
  let encounter = '';
  const composer = composeChart(chart.reference, (note) => chart.note({ ...note, encounter }));
  return {
    chart,
    visit({ date, type, specialty, diagnoses = [], inpatient = false }, write) {
      const kind = type === 'telephone' ? 'VR' : inpatient ? 'IMP' : 'AMB';
      encounter = chart.encounter({ date, specialty, class: kind });
      for (const diagnosis of diagnoses) chart.condition({ date, encounter, ...diagnosis });
      return { encounter, text: composer.note({ date, type, specialty }, write) };
    },
    finish: composer.finish,
  };
}

const FIRST = 4_000_007;
const STEP = 97;
const LENGTH = 9;

/**
 * The hospital's number of case number `index`: nine digits, leading zeros included, outside the background's. Any two differ by a
 * multiple of 97, so that one mistyped digit never makes another patient's number.
 */
export function recordNumberOf(index: number): string {
  return String(FIRST + STEP * (index * 37 + 11)).padStart(LENGTH, '0');
}

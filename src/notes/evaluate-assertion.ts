/** Scores the assertion of mentions against a gold file of the form of the public NegEx test set. */
import { ChartproofError, type Problem } from '../base/index.ts';
import { analyseNote } from './analyse-note.ts';
import { type Assertion, assertionAt, type CuePlace } from './assertion.ts';
import { type Lexicon, readLexicon } from './lexicon.ts';

export interface Score {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  /** Fractions; `null` where nothing is to be divided. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

const properties = ['negated', 'historical', 'other_experiencer'] as const;
type Property = (typeof properties)[number];

export interface AssertionError {
  /** The first column of the gold file. */
  readonly line: string;
  readonly property: Property;
  readonly gold: boolean;
  /** Words of the lexicon, never of the note. */
  readonly cue?: string;
}

export interface Evaluation extends Readonly<Record<Property, Score>> {
  readonly mentions: number;
  readonly errors: readonly AssertionError[];
}

interface GoldRow {
  readonly line: string;
  readonly concept: string;
  readonly sentence: string;
  readonly gold: Readonly<Record<Property, boolean>>;
}

/**
 * Precision, recall and F1 of negated, historical and other experiencer.
 * Errors: `notes.gold-columns`; `notes.gold-lines`, whose `problems` are all lines that say nothing to score by.
 * @param tsv a header and the columns line, concept, sentence, negation, temporality, experiencer
 * @param file where it stands, for errors
 */
export function evaluateAssertion(tsv: string, lexicon: Lexicon = readLexicon(), file = 'gold'): Evaluation {
  const rows = readGold(tsv, file);
  const errors: AssertionError[] = [];
  const counts = new Map(properties.map((property) => [property, { tp: 0, fp: 0, fn: 0 }]));
  for (const row of rows) {
    const found = assertMention(row, lexicon);
    for (const property of properties) {
      const [gold, ours] = [row.gold[property], holds(found, property)];
      const count = counts.get(property);
      if (count && gold && ours) count.tp++;
      else if (count && gold !== ours) {
        count[gold ? 'fn' : 'fp']++;
        const cue = found.cues.find((one) => says(one, property))?.text;
        errors.push({ line: row.line, property, gold, ...(cue && !gold ? { cue } : {}) });
      }
    }
  }
  const score = (property: Property) => scored(counts.get(property) ?? { tp: 0, fp: 0, fn: 0 });
  return {
    mentions: rows.length,
    negated: score('negated'),
    historical: score('historical'),
    other_experiencer: score('other_experiencer'),
    errors,
  };
}

function holds(found: Assertion, property: Property): boolean {
  if (property === 'negated') return found.negated;
  return property === 'historical' ? found.historical : found.experiencer !== 'patient';
}

function says({ category }: CuePlace, property: Property): boolean {
  return property === 'other_experiencer' ? category === 'family' || category === 'other' : category === property;
}

function scored({ tp, fp, fn }: { tp: number; fp: number; fn: number }): Score {
  const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return { tp, fp, fn, precision: ratio(tp, tp + fp), recall: ratio(tp, tp + fn), f1: ratio(2 * tp, 2 * tp + fp + fn) };
}

const COLUMNS = ['line', 'concept', 'sentence', 'negation', 'temporality', 'experiencer'] as const;

function readGold(tsv: string, file: string): GoldRow[] {
  const [header = '', ...lines] = tsv.split(/\r?\n/);
  const names = header.split('\t');
  const at = COLUMNS.map((column) => names.indexOf(column));
  if (at.some((index) => index < 0)) {
    throw new ChartproofError('notes.gold-columns', 'The gold file lacks a column.', {
      tip: `The first line names the columns ${COLUMNS.join(', ')}, parted by tabs.`,
      place: { file, line: 1 },
    });
  }
  const problems: Problem[] = [];
  const rows = lines.flatMap((line, i): GoldRow[] => {
    if (line === '') return [];
    const cells = at.map((index) => line.split('\t')[index] ?? '');
    const message = mistakeIn(cells);
    if (message) problems.push({ code: 'notes.gold-lines', message, place: { file, line: i + 2 } });
    return message ? [] : [rowOf(cells)];
  });
  if (problems.length === 0) return rows;
  throw new ChartproofError('notes.gold-lines', 'Some lines of the gold file say nothing to score by.', { problems });
}

/** Only the public set's own words count: another spelling would be scored as if it said the opposite. */
function mistakeIn([, concept, , negation, temporality, experiencer]: readonly string[]): string | undefined {
  if (negation !== 'Negated' && negation !== 'Affirmed') return 'The negation is neither Negated nor Affirmed.';
  return concept && temporality && experiencer ? undefined : 'A cell is empty, or there is none.';
}

function rowOf([line = '', concept = '', sentence = '', ...said]: readonly string[]): GoldRow {
  const [negation, temporality, experiencer] = said;
  const gold = {
    negated: negation === 'Negated',
    historical: temporality === 'Historical',
    other_experiencer: experiencer !== 'Patient',
  };
  return { line, concept, sentence, gold };
}

function assertMention(row: GoldRow, lexicon: Lexicon): Assertion {
  const [start, end] = placeOf(row.concept, row.sentence);
  return assertionAt(analyseNote(row.sentence, lexicon), start, end, lexicon);
}

/**
 * The concept in the sentence: its last place as a whole word in capitals, since a heading may hold the word before;
 * the part of it that is there, where the sentence was cut.
 */
function placeOf(concept: string, sentence: string): [number, number] {
  const words = concept.trim().split(/\s+/).map(escaped);
  for (let count = words.length; count > 0; count--) {
    const pattern = (list: readonly string[]) => `(?<![\\p{L}\\p{N}])${list.join('\\s+')}(?![\\p{L}\\p{N}])`;
    const wanted = words.slice(0, count);
    const capitals = new RegExp(pattern(wanted.map((word) => word.toUpperCase())), 'gu');
    const match = [...sentence.matchAll(capitals)].at(-1) ?? new RegExp(pattern(wanted), 'iu').exec(sentence);
    if (match) return [match.index, match.index + match[0].length];
  }
  return [0, sentence.length];
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

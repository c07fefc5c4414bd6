/**
 * Where a bundle answers what a checklist asks. A place is a file of the bundle, with the part of it where that helps. What only
 * the text of the paper can say is missing here, and so told: nothing counts as answered because it could be.
 */
import { SENSITIVITY } from '../../analysis/index.ts';
import { declaredTables, expandTableRows } from '../../protocol/index.ts';
import type { StudyAccount } from '../bundle/study-account.ts';

/** Answered at these places, or missing with what to add. */
export type Answer = { readonly where: readonly string[] } | { readonly missing: string };

const at = (...where: string[]): Answer => ({ where });
const missing = (what: string): Answer => ({ missing: what });
const inPaper = (what: string) => (): Answer => missing(`In the manuscript: ${what}.`);
const ifSaid = (text: string | undefined, key: string, what: string): Answer =>
  text === undefined ? missing(`Add \`${key}\` to the protocol: ${what}.`) : at(`protocol.yaml: ${key}`, 'methods.md');

const tablesOf = ({ results }: StudyAccount): string[] => results.tables.map(({ id }) => `tables.html: ${id}`);
const ifTables = (account: StudyAccount): Answer =>
  account.results.tables.length === 0 ? missing('Declare `tables` in the protocol.') : at(...tablesOf(account));
/** Tables of the patients: what another definition would give is none. */
const ofPatients = (account: StudyAccount): Answer => {
  const tables = account.results.tables.filter(({ id }) => id !== SENSITIVITY);
  return ifTables({ ...account, results: { ...account.results, tables } });
};

export const answers = {
  title: ({ protocol }: StudyAccount) =>
    /\b(?:case series|cohort|retrospective|chart review|observational)\b/i.test(protocol.title)
      ? at('protocol.yaml: title')
      : missing('Name the design in `title`: a retrospective cohort, a case series.'),
  caseSeriesTitle: ({ protocol }: StudyAccount) =>
    /\bcase series\b/i.test(protocol.title)
      ? at('protocol.yaml: title')
      : missing('Say "case series" in the title, if this is one.'),
  abstract: inPaper('write the abstract'),
  abstractData: inPaper('name the kind of data and the database in title or abstract'),
  abstractPlace: inPaper('name region and period in title or abstract'),
  abstractLinkage: ({ arms }: StudyAccount) =>
    arms.length < 2
      ? at('methods.md: Patients (one source, nothing linked)')
      : missing('In the manuscript: say in title or abstract which sources were linked.'),
  keywords: ({ protocol }: StudyAccount) =>
    protocol.release.keywords.length >= 3
      ? at('protocol.yaml: release.keywords', 'ro-crate-metadata.json')
      : missing('Add three to six `release.keywords` to the protocol.'),
  highlights: inPaper('three to five key findings, each a line'),
  background: inPaper('background and why this study was done'),
  objectives: ({ protocol }: StudyAccount) => ifSaid(protocol.question, 'question', 'what the study asks'),
  design: () => at('methods.md: Design and setting'),
  setting: ({ protocol }: StudyAccount) =>
    ifSaid(protocol.release.setting, 'release.setting', 'kind of institution and place'),
  registration: ({ protocol: { registration } }: StudyAccount) =>
    registration === undefined
      ? missing('Add `registration` to the protocol.')
      : at('protocol.yaml: registration', 'methods.md: Design and setting'),
  ethics: ({ protocol: { registration } }: StudyAccount) =>
    ifSaid(registration?.ethics, 'registration.ethics', 'committee and number'),
  eligibility: () => at('protocol.yaml: arms, exclusions', 'attrition.svg', 'methods.md: Patients'),
  matching: () => at('methods.md: Patients (no matched groups)'),
  codes: () => at('codelists/', 'searches.csv', 'protocol.yaml: concepts'),
  validation: ({ isSampled }: StudyAccount) =>
    isSampled
      ? at('arms.csv: ppv', 'arms.json: sample')
      : missing(
          'arms.csv has predictive values; read a sample of those whom no search found to tell sensitivity (docs/cohort.md).',
        ),
  linkageDiagram: ({ arms }: StudyAccount) => (arms.length < 2 ? at('attrition.svg') : at('attrition.svg', 'arms.svg')),
  variables: ({ protocol }: StudyAccount) =>
    at(
      'data/codebook.csv',
      'protocol.yaml: instruments, variables',
      ...(protocol.response ? ['methods.md: Outcome'] : []),
    ),
  measurement: () => at('protocol.yaml: instruments (guidance)', 'data/codebook.csv'),
  bias: ({ protocol, review }: StudyAccount) =>
    protocol.release.bias !== undefined
      ? at('protocol.yaml: release.bias')
      : review.doubleCharts > 0
        ? at('methods.md: Abstraction, Agreement and adjudication', 'agreement.csv')
        : missing('Add `release.bias` to the protocol: what was done about bias.'),
  size: ({ protocol }: StudyAccount) =>
    ifSaid(protocol.release.sampleSize, 'release.sampleSize', 'why so many patients'),
  quantitative: () => at('protocol.yaml: tables, variables', 'analysis.R'),
  statistics: ({ protocol }: StudyAccount) =>
    protocol.statistics.length === 0
      ? missing('Declare `statistics` in the protocol.')
      : at('methods.md: Statistics and software', 'analysis.R'),
  subgroups: ({ protocol }: StudyAccount) =>
    declaredTables(protocol).some((table) =>
      table.columns.some((one) => 'when' in one || 'responses' in one || 'columnsOf' in one),
    )
      ? at('protocol.yaml: tables (columns)', 'tables.html')
      : missing('Say that there were no subgroups, or declare columns for them in `tables`.'),
  missingData: () => at('tables.json: missing', 'data/subjects.csv: *_missing', 'methods.md: Statistics and software'),
  lossToFollowUp: ({ protocol }: StudyAccount) =>
    protocol.response
      ? at(`data/subjects.csv: response.category (${protocol.response.unknown} is unknown)`)
      : missing('In the manuscript: say how patients without follow-up were treated.'),
  sensitivity: ({ protocol }: StudyAccount) =>
    protocol.response
      ? at('sensitivity.json', ...(protocol.response.alternatives ? ['tables.html: sensitivity'] : []))
      : missing('In the manuscript: sensitivity analyses, or that there were none.'),
  access: ({ protocol }: StudyAccount) =>
    ifSaid(protocol.release.access, 'release.access', 'how others get at protocol, data and code'),
  databaseAccess: ({ protocol }: StudyAccount) =>
    ifSaid(protocol.release.access, 'release.access', 'how far the investigators had access to the database'),
  cleaning: () => at('methods.md: Patients', 'data/ledger.csv'),
  flow: () => at('attrition.json', 'data/ledger.csv'),
  reasons: () => at('attrition.svg', 'data/ledger.csv'),
  diagram: () => at('attrition.svg', 'attrition.png'),
  characteristics: ofPatients,
  missingCounts: ofPatients,
  followUp: ({ protocol, results }: StudyAccount) => {
    const rows = declaredTables(protocol).flatMap((table) =>
      expandTableRows(protocol, table)
        .filter((row) => row.kind === 'summary' && /follow|duration|time|months|years/i.test(row.label))
        .filter((row) => /follow/i.test(row.label))
        .map((row) => `tables.html: ${table.id}/${row.id}`),
    );
    return results.tables.length > 0 && rows.length > 0
      ? at(...rows)
      : missing('Add a row that summarizes follow-up time to a table.');
  },
  outcomes: ifTables,
  estimates: ({ protocol }: StudyAccount) =>
    protocol.statistics.length === 0
      ? missing('Declare `statistics` in the protocol: estimates with intervals.')
      : at('statistics-r.csv', 'estimates-r.csv', 'tables.html'),
  categories: () => at('protocol.yaml: tables, variables', 'data/codebook.csv'),
  relative: inPaper('absolute risks beside relative ones, where there are any'),
  otherAnalyses: ({ protocol, results }: StudyAccount) => {
    const parts = protocol.statistics.filter((one) => one.subgroups !== undefined).map(({ id }) => id);
    const others = [
      ...(parts.length > 0 ? [`tables.html: ${parts.join(', ')} (subgroups)`] : []),
      ...(results.tables.some(({ id }) => id === SENSITIVITY) ? [`tables.html: ${SENSITIVITY}`] : []),
    ];
    return others.length > 0 ? at(...others) : inPaper('further analyses, or that there were none')();
  },
  adverseEvents: ({ protocol }: StudyAccount) => {
    const declared = protocol.adverseEvents?.instrument;
    const found = protocol.instruments.find(({ id, label }) =>
      declared === undefined ? /adverse|complication/i.test(`${id} ${label}`) : id === declared,
    );
    return found
      ? at(`data/${found.repeats ? found.id : 'subjects'}.csv`)
      : missing('Add a form for complications and adverse events.');
  },
  intervention: ({ protocol }: StudyAccount) => {
    const found = protocol.instruments.find(({ id, label }) =>
      /treat|therap|intervention|dose/i.test(`${id} ${label}`),
    );
    return found
      ? at(`protocol.yaml: instruments (${found.id})`, 'data/codebook.csv')
      : missing('In the manuscript: what was given, how, and by whom.');
  },
  whoTreated: inPaper('who treated, and with what experience'),
  quality: ({ review }: StudyAccount) =>
    review.doubleCharts > 0
      ? at('methods.md: Abstraction', 'agreement.csv')
      : missing('Have a share of the charts abstracted twice (`review.doubleShare`).'),
  keyResults: inPaper('the key results against the question'),
  limitations: inPaper('limitations, with the direction of bias'),
  misclassification: inPaper(
    'what it means that the data were not made for this question: misclassification, confounding, missing data, changing eligibility',
  ),
  interpretation: inPaper('a cautious interpretation'),
  generalisability: inPaper('how far the results hold elsewhere'),
  conclusion: inPaper('conclusions, and what they mean for practice and research'),
  funding: ({ protocol }: StudyAccount) =>
    ifSaid(protocol.release.funding, 'release.funding', 'who paid, and their part'),
  conflicts: ({ protocol }: StudyAccount) =>
    ifSaid(protocol.release.conflicts, 'release.conflicts', 'interests of the authors, or none'),
  consent: ({ protocol }: StudyAccount) =>
    ifSaid(protocol.release.consent, 'release.consent', 'what was decided about consent'),
  contributions: ({ protocol }: StudyAccount) =>
    protocol.release.authors.some(({ role }) => role !== undefined)
      ? at('protocol.yaml: release.authors', 'ro-crate-metadata.json')
      : missing('Add `release.authors` with their roles to the protocol.'),
} as const satisfies Readonly<Record<string, (account: StudyAccount) => Answer>>;

export type AnswerKey = keyof typeof answers;

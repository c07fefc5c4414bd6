import { Command } from 'commander';
import type { Progress } from '../base/index.ts';
import type { NoteTotals } from '../notes/index.ts';
import {
  loadStudyProtocol,
  type Protocol,
  readSharedTermSet,
  type SharedTermSet,
  sharedTermSetNames,
  termTexts,
} from '../protocol/index.ts';
import { withStudy } from '../review/index.ts';
import { appendAudit, openWorkspace, type Workspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

type TermSetsOptions = CommonOptions & { readonly study?: string };

/** Where a set comes from; `hidden`: of the workspace, and the study's protocol has one of this name. */
type Origin = 'workspace' | 'protocol' | 'hidden';

/** A text of a set with what is found of it in the notes of a study. */
type CountedText = { readonly text: string } & Partial<NoteTotals>;

/** `chartproof termsets list|show NAME` */
export function termsetsCommand(): Command {
  return new Command('termsets')
    .description('the words that searches name as @name: those of the workspace (termsets/*.yaml) and of a study')
    .addCommand(listCommand())
    .addCommand(showCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('the term sets that all studies share, and with --study those of its protocol')
    .option('--study <id>', 'also the term sets of the protocol of this study')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof termsets list -w ~/dermatology'))
    .action((options: TermSetsOptions) => {
      const workspace = openWorkspace(options.workspace);
      const protocol = options.study === undefined ? undefined : loadStudyProtocol(workspace, options.study).protocol;
      const sets = listed(workspace, protocol);
      print(options.json, { termSets: sets }, () => listText(sets));
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('the words of a term set; with --study, how often each stands in the notes that the study may see')
    .argument('<name>', 'its name, without the @')
    .option('--study <id>', 'count in the notes of this study; the set of its protocol where that has one of this name')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof termsets show psoriasis --study my-study -w ~/dermatology'))
    .action(async (name: string, options: TermSetsOptions & { readonly as: string }) => {
      const workspace = openWorkspace(options.workspace);
      const done: { set?: CountedSet } = {};
      const run = async (progress: Progress): Promise<void> => {
        done.set = await counted(workspace, name, options, progress);
      };
      await runSteps([{ title: 'Counting terms', run }], options.json);
      const { set } = done;
      if (set) print(options.json, set, () => setText(set));
    });
}

interface ListedSet {
  readonly name: string;
  readonly label: string;
  readonly from: Origin;
  readonly texts: number;
}

function listed(workspace: Workspace, protocol?: Protocol): ListedSet[] {
  const own = protocol ? Object.keys(protocol.concepts).flatMap((name) => ofProtocol(protocol, name) ?? []) : [];
  const isOwn = new Set(own.map(({ name }) => name));
  const line = ({ name, label, terms }: SharedTermSet, from: Origin): ListedSet => {
    return { name, label, from, texts: termTexts(terms).length };
  };
  return [
    ...sharedTermSetNames(workspace).map((name) =>
      line(readSharedTermSet(workspace, name), isOwn.has(name) ? 'hidden' : 'workspace'),
    ),
    ...own.map((set) => line(set, 'protocol')),
  ].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The words of a concept set; none where it has codes only. */
function ofProtocol({ concepts }: Protocol, name: string): SharedTermSet | undefined {
  const set = Object.hasOwn(concepts, name) ? concepts[name] : undefined;
  return set && set.terms.length > 0 ? { name, label: set.label, terms: set.terms } : undefined;
}

const ORIGINS: Readonly<Record<Origin, string>> = {
  workspace: 'the workspace',
  protocol: 'the protocol',
  hidden: 'the workspace; here the protocol has its own',
};

function listText(sets: readonly ListedSet[]): string {
  if (sets.length === 0) return 'There is no term set. Put files into termsets/ of the workspace: docs/search.md';
  const rows = sets.map(({ name, label, from, texts }) => [`@${name}`, label, String(texts), ORIGINS[from]]);
  return columns(rows, ['name', 'label', 'texts', 'of']);
}

/** A term set as it was asked for; counts are there with a study. */
interface CountedSet {
  readonly name: string;
  readonly label: string;
  readonly from: Origin;
  readonly texts: readonly CountedText[];
  /** Of all the texts together. */
  readonly totals?: NoteTotals;
}

async function counted(
  workspace: Workspace,
  name: string,
  { study, as: actor }: { readonly study?: string; readonly as: string },
  progress: Progress,
): Promise<CountedSet> {
  if (study === undefined) {
    const { label, terms } = readSharedTermSet(workspace, name);
    return { name, label, from: 'workspace', texts: termTexts(terms).map((text) => ({ text })) };
  }
  return withStudy(workspace, study, 'of-cohort', ({ gate, database }) => {
    const own = ofProtocol(gate.protocol, name);
    const { label, terms } = own ?? readSharedTermSet(workspace, name);
    const texts = termTexts(terms);
    const find = (some: readonly string[]): NoteTotals => gate.findNotes(`@${name}`, { [name]: some }).totals;
    progress.step('Counting terms', texts.length);
    const rows = texts.map((text, at) => {
      progress.advance(at);
      return { text, ...find([text]) };
    });
    const detail = { set: name, texts: texts.length, snapshot: gate.snapshot };
    appendAudit(database, { at: now(), actor, action: 'search.terms', detail });
    return { name, label, from: own ? 'protocol' : 'workspace', texts: rows, totals: find(texts) };
  });
}

function setText({ name, label, from, texts, totals }: CountedSet): string {
  const head = `@${name}: ${label}, of ${ORIGINS[from]}`;
  if (!totals) return `${head}\n\n${texts.map(({ text }) => text).join('\n')}`;
  const counts = ({ mentions = 0, notes = 0, persons = 0 }: Partial<NoteTotals>) =>
    [mentions, notes, persons].map(String);
  const rows = [...texts.map((one) => [one.text, ...counts(one)]), ['any of them', ...counts(totals)]];
  return `${head}\n\n${columns(rows, ['text', 'mentions', 'notes', 'persons'])}`;
}

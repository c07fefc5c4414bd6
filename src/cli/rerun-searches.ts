import { ChartproofError, canonicalJson, type Progress } from '../base/index.ts';
import {
  type CameAndWent,
  indexSnapshot,
  type KeptSearch,
  keptSearch,
  keptSearches,
  type Rerun,
  rerunSearch,
} from '../cohort/index.ts';
import type { NoteTotals } from '../notes/index.ts';
import { currentSnapshot, findSnapshot } from '../records/index.ts';
import { withStudy } from '../review/index.ts';
import type { StudyDatabase, Workspace } from '../workspace/index.ts';
import { type CommonOptions, now } from './options.ts';
import { columns } from './output.ts';

export interface RerunOptions extends CommonOptions {
  readonly study: string;
  readonly all: boolean;
  readonly snapshot?: string;
  readonly as: string;
}

/** A search that cannot be asked any more, such as one in an older form of the search language. */
export interface FailedRerun {
  readonly earlier: KeptSearch;
  readonly failed: { readonly code: string; readonly message: string };
}

/** Asks one search of the log again, or each; of all, one that fails does not hold up the others. */
export function rerunSearches(
  workspace: Workspace,
  id: number | undefined,
  { study, snapshot, as: actor }: Pick<RerunOptions, 'study' | 'snapshot' | 'as'>,
  progress: Progress,
): Promise<(Rerun | FailedRerun)[]> {
  return withStudy(workspace, study, 'of-cohort', async ({ database }) => {
    const searches = id === undefined ? lastOfEach(database) : [keptSearch(database, id)];
    const target = snapshot === undefined ? currentSnapshot(workspace) : findSnapshot(workspace, snapshot).snapshot;
    await indexSnapshot(workspace, progress, target);
    return withStudy(workspace, study, target ?? 'of-cohort', async (open) => {
      progress.step('Asking again', searches.length);
      const reruns: (Rerun | FailedRerun)[] = [];
      for (const earlier of searches) {
        try {
          reruns.push(await rerunSearch({ workspace, ...open }, earlier.id, { actor, at: now() }));
        } catch (error) {
          if (id !== undefined || !(error instanceof ChartproofError)) throw error;
          reruns.push({ earlier, failed: { code: error.code, message: error.message } });
        }
        progress.advance(reruns.length);
      }
      return reruns;
    });
  });
}

/** Each query of the log once, with the words that its term sets had, as it was asked last. */
function lastOfEach(database: StudyDatabase): KeptSearch[] {
  const asked = keptSearches(database).map(
    (search) => [canonicalJson([search.canonical, search.termSets]), search] as const,
  );
  return [...new Map(asked).values()].sort((a, b) => a.id - b.id);
}

export function rerunsText(reruns: readonly (Rerun | FailedRerun)[]): string {
  return reruns.length === 0 ? 'The notes of this study have not been searched.' : reruns.map(rerunText).join('\n\n');
}

function rerunText(rerun: Rerun | FailedRerun): string {
  const head = `Search ${rerun.earlier.id}: ${rerun.earlier.canonical}`;
  if ('failed' in rerun) return `${head}\n${rerun.failed.message} It was not asked.`;
  const { earlier, now: today, earlierToday, persons, notes } = rerun;
  const names = ['mentions', 'notes', 'persons'] as const satisfies (keyof NoteTotals)[];
  const counts = names.map((name) => [
    name,
    ...[earlier, ...(earlierToday ? [earlierToday] : []), today].map((one) => String(one[name])),
  ]);
  return [
    `${head}\nFrom snapshot ${earlier.snapshot} (${earlier.at.slice(0, 'YYYY-MM-DD'.length)}) to ${today.snapshot}; kept as search ${today.id}`,
    columns(counts, ['', 'then', ...(earlierToday ? ['then, without who refused since'] : []), 'now']),
    ...(earlier.notesVersion === today.notesVersion
      ? []
      : ['The notes are analysed in another way since: the counts may differ for that.']),
    ...(earlier.protocol === today.protocol
      ? []
      : ['The protocol has another version since: its `authorization` may differ.']),
    persons && notes
      ? [...changesText('person', persons), ...changesText('note', notes)].join('\n')
      : 'The records of then cannot be searched any more (an index of them: chartproof index --snapshot): there are the counts alone.',
  ].join('\n\n');
}

const SHOWN = 10;

function changesText(what: 'person' | 'note', { came, went, closed }: CameAndWent): string[] {
  const counted = (count: number): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  const listed = (names: readonly string[]): string =>
    names.length === 0
      ? ''
      : `: ${names.slice(0, SHOWN).join(' ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more (--json has all)` : ''}`;
  return [
    `${counted(came.length)} came${listed(came)}`,
    `${counted(went.length)} went${listed(went)}`,
    ...(closed === 0 ? [] : [`${counted(closed)} went because the later records do not authorize their use`]),
  ];
}

import { Button, Stack, Text } from '@mantine/core';
import { contract, type KeptSearchView, type SearchAgain } from '../../../../src/server/contract/index.ts';
import { useChange } from '../../api/index.ts';
import { ErrorState } from '../../parts/error-state.tsx';

interface AskAgainProps {
  readonly study: string;
  readonly search: number;
  readonly onTake: (search: KeptSearchView) => void;
}

/** Asks a search of the log again, and says what differs since. */
export function AskAgain({ study, search, onTake }: AskAgainProps) {
  const { mutate, data, error, isPending } = useChange(contract.askAgain, { touches: ['searches'] });
  return (
    <Stack gap={4} mt={4} align="flex-start">
      <Button
        size="compact-sm"
        variant="subtle"
        loading={isPending}
        onClick={() => mutate({ params: { study, search } })}
      >
        {`Ask search ${search} again`}
      </Button>
      {error && <ErrorState error={error} />}
      {data && (
        <>
          <Text size="sm" role="status">
            {differenceText(data)}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => onTake(data.now)}>
            {`Open search ${data.now.search}`}
          </Button>
        </>
      )}
    </Stack>
  );
}

/** What a search comes to now, beside what it came to then. */
export function differenceText({ earlier, now, persons, notes, isAnalysedOtherwise }: SearchAgain): string {
  const ofOne = (what: 'persons' | 'notes' | 'mentions') =>
    now[what] === earlier[what] ? `${now[what]} ${what}, as then` : `${now[what]} ${what} (then ${earlier[what]})`;
  const changes = (what: string, counts: SearchAgain['persons']) =>
    counts && counts.came + counts.went + counts.closed > 0
      ? [
          `${what}: ${counts.came} came, ${counts.went} went${counts.closed > 0 ? `, ${counts.closed} may not be used any more` : ''}.`,
        ]
      : [];
  return [
    `Now ${ofOne('persons')}, ${ofOne('notes')}, ${ofOne('mentions')}.`,
    ...changes('Persons', persons),
    ...changes('Notes', notes),
    ...(persons ? [] : ['The records of then are gone: who came and went is not known.']),
    ...(isAnalysedOtherwise ? ['The notes are analysed in another way since.'] : []),
  ].join(' ');
}

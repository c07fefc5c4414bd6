import { Alert, Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { contract } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { dateTimeOf, ErrorState, Loading, PageTitle } from '../../parts/index.ts';
import { PeopleProgress } from './people-progress.tsx';
import { Stages } from './stages.tsx';

/** A study: how far it is, what waits for whoever looks, who did what. */
export function Page() {
  const { study = '' } = useParams();
  const { data, error, refetch } = useRoute(contract.study, { params: { study } });
  if (!data)
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Loading the study" />;
  const { cohort, lastRelease, stages, people, roles, isBlinded } = data;
  return (
    <>
      <PageTitle
        title={data.title}
        actions={roles.map((role) => (
          <Badge key={role} variant="light" color="gray" tt="none">
            {role}
          </Badge>
        ))}
      >
        Protocol {data.version}
        {cohort &&
          ` · ${cohort.candidates} candidates of snapshot ${cohort.snapshot}, identified ${dateTimeOf(cohort.identifiedAt)}`}
        {lastRelease && ` · last release ${lastRelease.id}, ${dateTimeOf(lastRelease.at)}`}
      </PageTitle>
      <Stack>
        {cohort?.isStale && (
          <Alert color="yellow" title="The candidates are of another version of the protocol">
            Identify them again before the review goes on: the criteria may have changed.
          </Alert>
        )}
        {!cohort && (
          <Alert color="gray" title="The candidates are not identified yet">
            The review begins once the criteria have been run on a snapshot of the records: an owner does that on the
            page{' '}
            <Anchor component={Link} to={`/studies/${study}/cohort`} inherit>
              Cohort
            </Anchor>
            .
          </Alert>
        )}
        {stages && <Stages study={study} stages={stages} />}
        {people.length > 0 && <PeopleProgress people={people} />}
        {isBlinded && (
          <Group>
            <Text c="dimmed">This study is blinded: you do not see what others entered, nor the arm of a person.</Text>
          </Group>
        )}
      </Stack>
    </>
  );
}

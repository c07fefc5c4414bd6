import { Anchor, Badge, Card, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { EmptyState, ErrorState, Loading, PageTitle } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';
import { CreateStudy } from './create-study.tsx';

type Study = RouteOutput<typeof contract.studies>['items'][number];

/** The studies in which whoever is signed in has a role. */
export function Page() {
  const { data, error, refetch } = useRoute(contract.studies);
  const mayCreate = useMay().inWorkspace('study.create');
  return (
    <>
      <PageTitle title="Studies" actions={mayCreate && <CreateStudy />} />
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading what="Loading the studies" />}
      {data?.items.length === 0 && (
        <EmptyState title="No study yet">
          {mayCreate
            ? 'Make one of its protocol, or ask the owner of a study for a role in it.'
            : 'Ask the owner of a study for a role in it; it is then here.'}
        </EmptyState>
      )}
      {data && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {data.items.map((study) => (
            <StudyCard key={study.study} study={study} />
          ))}
        </SimpleGrid>
      )}
    </>
  );
}

function StudyCard({ study: { study, title, version, roles } }: { readonly study: Study }) {
  return (
    <Card withBorder component="article">
      <Title order={2}>
        <Anchor component={Link} to={`/studies/${study}`} inherit>
          {title}
        </Anchor>
      </Title>
      <Text c="dimmed">
        {study} · protocol {version}
      </Text>
      <Group gap="xs" mt="sm">
        {roles.map((role) => (
          <Badge key={role} variant="light" color="gray" tt="none">
            {role}
          </Badge>
        ))}
      </Group>
    </Card>
  );
}

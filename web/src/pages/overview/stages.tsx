import { Anchor, Card, Progress, SimpleGrid, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import { useMay } from '../../session/session.ts';
import { studyPages } from '../pages.tsx';

type Progresses = NonNullable<RouteOutput<typeof contract.study>['stages']>;

const NAMES: Readonly<Record<keyof Progresses, string>> = {
  screening: 'Screening',
  abstraction: 'Abstraction',
  adjudication: 'Adjudication',
};

/** How far each stage of the review is, and how much of it waits for whoever looks. */
export function Stages({ study, stages }: { readonly study: string; readonly stages: Progresses }) {
  const may = useMay();
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {(Object.keys(NAMES) as (keyof Progresses)[]).map((stage) => {
        const progress = stages[stage];
        if (!progress) return null;
        const { done, open, mine } = progress;
        const page = studyPages.find(({ path }) => path === stage);
        const link = page && may.inStudy(study, page.needs) ? `/studies/${study}/${stage}` : undefined;
        return (
          <Card key={stage} withBorder component="section" aria-label={NAMES[stage]}>
            <Title order={2}>
              {link ? (
                <Anchor component={Link} to={link} inherit>
                  {NAMES[stage]}
                </Anchor>
              ) : (
                NAMES[stage]
              )}
            </Title>
            <Text mt="xs">
              {done} of {done + open} charts done
            </Text>
            <Progress
              my="xs"
              value={done + open === 0 ? 0 : (100 * done) / (done + open)}
              aria-label={`${NAMES[stage]}: share of charts done`}
            />
            <Text fw={mine.open > 0 ? 600 : 400} {...(mine.open === 0 && { c: 'dimmed' })}>
              {mine.open > 0 ? `${mine.open} for you` : 'Nothing waits for you'}
              {mine.done > 0 && `, ${mine.done} done by you`}
            </Text>
          </Card>
        );
      })}
    </SimpleGrid>
  );
}

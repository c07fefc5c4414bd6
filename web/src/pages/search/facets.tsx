import { Group, NavLink, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { ErrorState } from '../../parts/error-state.tsx';

type Facet = RouteOutput<typeof contract.searchFacets>['facets'][number];

const NAMES: Readonly<Record<Facet['facet'], string>> = {
  assertion: 'What the notes say',
  type: 'Type of note',
  specialty: 'Specialty',
  year: 'Year',
};

const ASSERTIONS: Readonly<Record<string, string>> = { family: 'of a relative', other: 'of somebody else' };

interface FacetsProps {
  readonly study: string;
  readonly search: number;
  readonly onNarrow: (query: string) => void;
}

/** By what a search can be narrowed; each tells how many notes it would find. */
export function Facets({ study, search, onNarrow }: FacetsProps) {
  const { data, error, refetch } = useRoute(
    contract.searchFacets,
    { params: { study, search } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Stack gap="xs" role="status" aria-label="Counting">
        {[1, 2, 3, 4].map((one) => (
          <Skeleton key={one} h={90} />
        ))}
      </Stack>
    );
  return (
    <Stack gap="md" component="section" aria-label="Narrow the search">
      {data.facets
        .filter(({ values }) => values.length > 0)
        .map(({ facet, values, more }) => (
          <div key={facet}>
            <Title order={3}>{NAMES[facet]}</Title>
            {values.map(({ value, query, notes, persons }) => (
              <NavLink
                key={value}
                component="button"
                py={3}
                px={6}
                onClick={() => onNarrow(query)}
                label={
                  <Group justify="space-between" gap={6} wrap="nowrap">
                    <Text span size="sm" truncate>
                      {ASSERTIONS[value] ?? value}
                    </Text>
                    <Text span size="sm" c="dimmed">
                      {notes}
                      <VisuallyHidden>
                        {' '}
                        {notes === 1 ? 'note' : 'notes'} of {persons === 1 ? '1 person' : `${persons} persons`}
                      </VisuallyHidden>
                    </Text>
                  </Group>
                }
              />
            ))}
            {more > 0 && (
              <Text size="xs" c="dimmed" px={6}>
                and {more} more
              </Text>
            )}
          </div>
        ))}
    </Stack>
  );
}

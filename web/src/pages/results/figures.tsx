import { Button, Group, Text } from '@mantine/core';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { call, saveFile, useRoute } from '../../api/index.ts';
import { ErrorState, Loading } from '../../parts/index.ts';
import { PrintedTable, type Tracing } from './printed-table.tsx';
import classes from './results.module.css';

type Figure = RouteOutput<typeof contract.resultStatistics>['figures'][number];

/** What R computes, and the figures. */
export function Figures({ study, onTrace }: Tracing & { readonly study: string }) {
  const { data, error, refetch } = useRoute(contract.resultStatistics, { params: { study } });
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="R is computing" />;
  }
  return (
    <>
      {data.tables.map((table) => (
        <PrintedTable key={table.id} table={table} {...(onTrace && { onTrace })} />
      ))}
      {data.figures.map((figure) => (
        <DrawnFigure key={figure.id} study={study} figure={figure} {...(onTrace && { onTrace })} />
      ))}
    </>
  );
}

/** As an image, so that nothing in the drawing can run or load. */
function DrawnFigure({
  study,
  figure: { id, caption, notes, svg, cell },
  onTrace,
}: Tracing & {
  readonly study: string;
  readonly figure: Figure;
}) {
  const save = async (type: 'svg' | 'png'): Promise<void> =>
    saveFile(await call(contract.resultFigure, { params: { study, figure: id }, query: { type } }));
  return (
    <figure className={classes.figure}>
      <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={caption} />
      <figcaption>
        <Text size="sm" maw="80ch">
          {[caption, ...notes].join(' ')}
        </Text>
        <Group gap="xs" mt="xs">
          {cell !== null && onTrace && (
            <Button size="xs" variant="default" aria-label={`Who is in it: ${caption}`} onClick={() => onTrace(cell)}>
              Who is in it
            </Button>
          )}
          {(['svg', 'png'] as const).map((type) => (
            <Button
              key={type}
              size="xs"
              variant="default"
              aria-label={`Save as ${type.toUpperCase()}: ${caption}`}
              onClick={() => void save(type)}
            >
              Save as {type.toUpperCase()}
            </Button>
          ))}
        </Group>
      </figcaption>
    </figure>
  );
}

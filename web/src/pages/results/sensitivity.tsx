import { Text } from '@mantine/core';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import classes from './printed.module.css';
import words from './results.module.css';

type Definition = RouteOutput<typeof contract.sensitivity>['definitions'][number];

/** The response under each definition that the protocol names, and who moves by it. */
export function Sensitivity({ study }: { readonly study: string }) {
  const { data, error, refetch } = useRoute(contract.sensitivity, { params: { study } });
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Counting" />;
  const { definitions } = data;
  if (definitions.length === 0) {
    return <EmptyState title="No response is defined">The protocol has no rules for a response.</EmptyState>;
  }
  const codes = new Map(definitions.flatMap(({ categories }) => categories.map(({ code, label }) => [code, label])));
  return (
    <>
      <section aria-labelledby="caption-definitions" className={classes.scroll}>
        <table className={classes.printed}>
          <caption id="caption-definitions">Response under each definition</caption>
          <thead>
            <tr>
              <td />
              {[...codes].map(([code, label]) => (
                <th key={code} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">Response, of all</th>
              <th scope="col">Of those known</th>
              <th scope="col">Unknown as response</th>
              <th scope="col">Moved</th>
            </tr>
          </thead>
          <tbody>
            {definitions.map(({ id, label, categories, all, known, bestCase, moved }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                {[...codes.keys()].map((code) => (
                  <td key={code}>{categories.find((one) => one.code === code)?.n ?? '–'}</td>
                ))}
                <td>{shareText(all)}</td>
                <td>{shareText(known)}</td>
                <td>{shareText(bestCase)}</td>
                <td>{moved}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {definitions
        .filter(({ movers }) => movers.length > 0)
        .map((one) => (
          <Movers key={one.id} definition={one} />
        ))}
    </>
  );
}

function Movers({ definition: { id, label, movers } }: { readonly definition: Definition }) {
  return (
    <section aria-labelledby={`caption-${id}`} className={words.narrow}>
      <table className={words.words}>
        <caption id={`caption-${id}`}>Who moves: {label}</caption>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">As declared</th>
            <th scope="col">By this definition</th>
          </tr>
        </thead>
        <tbody>
          {movers.map(({ subject, from, to }) => (
            <tr key={subject}>
              <th scope="row">{subject}</th>
              <td>{from}</td>
              <td>{to}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="sm" c="dimmed">
        The others have the same category under both.
      </Text>
    </section>
  );
}

function shareText({ n, N, percent }: Definition['all']): string {
  return `${n}/${N}${percent === null ? '' : ` (${percent.toFixed(1)}%)`}`;
}

import { Text, UnstyledButton } from '@mantine/core';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import table from '../../parts/word-table.module.css';
import numbers from './printed.module.css';
import type { Tracing } from './printed-table.tsx';

type TextView = NonNullable<RouteOutput<typeof contract.manuscript>['text']>;

/** Every live number of the text, those that moved first, and the numbers that are marked as no result. */
export function LiveNumbers({ text: { values, literals }, onTrace }: Tracing & { readonly text: TextView }) {
  const order = ['moved', 'new', 'approved'];
  const sorted = values.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return (
    <>
      {sorted.length > 0 && (
        <section aria-labelledby="caption-live">
          <table className={table.words}>
            <caption id="caption-live">Live numbers</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">What it is</th>
                <th scope="col">Line</th>
                <th scope="col">Approved</th>
                <th scope="col">Now</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {sorted.map(({ line, column, expression, label, was, printed, state, cell }) => (
                <tr key={`${line}:${column}:${expression}`}>
                  <th scope="row">{expression}</th>
                  <td>{label}</td>
                  <td>{line}</td>
                  <td>{was ?? '–'}</td>
                  <td>
                    {cell !== null && onTrace ? (
                      <UnstyledButton
                        className={numbers.number}
                        onClick={() => onTrace(cell)}
                        aria-label={`${printed}: ${label}. Show who stands behind it`}
                      >
                        {printed}
                      </UnstyledButton>
                    ) : (
                      printed
                    )}
                  </td>
                  <td>
                    <Text span fw={state === 'approved' ? 400 : 600}>
                      {state}
                    </Text>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {literals.length > 0 && (
        <Text size="sm">
          Marked as no result:{' '}
          {literals
            .map(
              ({ line, text, reason }) => `${text}${reason && ` (${reason})`}${line === null ? '' : `, line ${line}`}`,
            )
            .join('; ')}
        </Text>
      )}
    </>
  );
}

import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ProtocolImpactView } from '../../../../src/server/contract/index.ts';
import table from '../../parts/word-table.module.css';

/** What a draft would change: forms, charts, candidates, numbers. */
export function Impact({ impact }: { readonly impact: ProtocolImpactView }) {
  const { fields, reopens, closes, cohort, numbers } = impact;
  return (
    <section aria-labelledby="impact">
      <Title order={2} id="impact" mb="xs">
        What version {impact.to.version} would change
      </Title>
      <Stack>
        <Text>
          {counted(fields.length, 'field')}, {counted(reopens.length, 'chart')} with work again,{' '}
          {counted(closes.length, 'chart')} with none any more, {counted(cohort.moved.length, 'person', 'persons')}{' '}
          moved ({cohort.stayed} stay), {counted(numbers.length, 'number')} of the results.
        </Text>
        <Rows caption="Forms" heads={['Field', 'Change', 'What of it']} isShown={fields.length > 0}>
          {fields.map(({ instrument, field, change, what }) => (
            <tr key={`${instrument}/${field}`}>
              <th scope="row">{field === null ? instrument : `${instrument}: ${field}`}</th>
              <td>{change}</td>
              <td>{what.join(', ')}</td>
            </tr>
          ))}
        </Rows>
        <Rows caption="Charts with work again" heads={['Subject', 'What is open']} isShown={reopens.length > 0}>
          {reopens.map(({ subject, items }) => (
            <tr key={subject}>
              <th scope="row">{subject}</th>
              <td>{items.map(itemText).join('; ')}</td>
            </tr>
          ))}
        </Rows>
        {closes.length > 0 && <Text>With nothing open any more: {closes.join(', ')}</Text>}
        <Rows caption="Who moves" heads={['Person', 'From', 'To', 'Why']} isShown={cohort.moved.length > 0}>
          {cohort.moved.map(({ subject, from, to, why }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: those without a number have no name of their own
            <tr key={at}>
              <th scope="row">{subject ?? 'somebody new'}</th>
              <td>{from}</td>
              <td>{to}</td>
              <td>{why.join('; ')}</td>
            </tr>
          ))}
        </Rows>
        <Rows caption="Numbers that move" heads={['Number', 'Name', 'Was', 'Would be']} isShown={numbers.length > 0}>
          {numbers.map(({ kind, name, label, was, is }) => (
            <tr key={`${kind}.${name}`}>
              <th scope="row">{label}</th>
              <td>{name}</td>
              <td>{was ?? '–'}</td>
              <td>{is ?? '–'}</td>
            </tr>
          ))}
        </Rows>
      </Stack>
    </section>
  );
}

function Rows({
  caption,
  heads,
  isShown,
  children,
}: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly isShown: boolean;
  readonly children: ReactNode;
}) {
  if (!isShown) return null;
  return (
    <table className={table.words}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function itemText({ instrument, row, field, why }: ProtocolImpactView['reopens'][number]['items'][number]): string {
  return `${[instrument, row, field].filter(Boolean).join(' ')} (${why.replaceAll('-', ' ')})`;
}

function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

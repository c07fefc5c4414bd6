import { Alert, Stack, Tabs, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useParams } from 'react-router';
import type { z } from 'zod';
import { contract, type fieldAgreement, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { type Column, DataTable, EmptyState, ErrorState, Loading, PageTitle } from '../../parts/index.ts';
import { MonthsChart } from './months-chart.tsx';

type FieldAgreement = z.infer<typeof fieldAgreement>;
type Agreement = RouteOutput<typeof contract.agreement>;
type Coefficient = FieldAgreement['kappa'];

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** A coefficient with its 95% interval. */
function coefficientText(coefficient: Coefficient): string {
  if (!coefficient) return '';
  const { value, low, high } = coefficient;
  return `${value.toFixed(2)}${low === null || high === null ? '' : ` (${low.toFixed(2)} to ${high.toFixed(2)})`}`;
}

/** The coefficient that fits the kind of field: of scales the weighted one, of numbers that of classes. */
function mainOf({ icc, weightedKappa, kappa }: FieldAgreement): Coefficient {
  return icc ?? weightedKappa ?? kappa;
}

const FIELDS: readonly Column<FieldAgreement>[] = [
  { id: 'label', header: 'Field', value: ({ label }) => label },
  { id: 'n', header: 'Pairs', value: ({ n }) => n, align: 'right', width: '70px' },
  { id: 'differing', header: 'Differing', value: ({ differing }) => differing, align: 'right', width: '90px' },
  {
    id: 'agreed',
    header: 'Agreed',
    value: ({ agreed }) => agreed,
    cell: ({ agreed }) => percent(agreed),
    align: 'right',
    width: '90px',
  },
  {
    id: 'kappa',
    header: 'Kappa or ICC (95% CI)',
    value: (row) => mainOf(row)?.value,
    cell: (row) => `${row.icc ? 'ICC ' : row.weightedKappa ? 'weighted ' : ''}${coefficientText(mainOf(row))}`,
    width: '230px',
  },
  {
    id: 'ac1',
    header: 'AC1 (95% CI)',
    value: ({ ac1 }) => ac1?.value,
    cell: ({ ac1 }) => coefficientText(ac1),
    width: '180px',
  },
  {
    id: 'warnings',
    header: 'To note',
    value: ({ warnings }) => warnings.length,
    cell: ({ warnings }) => (warnings.length > 0 ? String(warnings.length) : ''),
    width: '90px',
  },
];

/** How well abstractors agreed before anybody adjudicated, with what the manual says of each field. */
export function Page() {
  const { study = '' } = useParams();
  const { data, error, refetch } = useRoute(contract.agreement, { params: { study } });
  const [open, setOpen] = useState<string>();
  if (!data)
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading what="Computing the agreement" />
    );
  if (data.fields.length === 0) {
    return (
      <EmptyState title="No agreement yet" isPage>
        It is told once two people have completed the same chart.
      </EmptyState>
    );
  }
  const field = data.fields.find((one) => idOf(one) === open);
  return (
    <>
      <PageTitle title="Agreement">Before adjudication. Open a field for what the manual says of it.</PageTitle>
      <Tabs defaultValue="fields">
        <Tabs.List mb="sm">
          <Tabs.Tab value="fields">By field</Tabs.Tab>
          <Tabs.Tab value="pairs">By pair of abstractors</Tabs.Tab>
          <Tabs.Tab value="months">Over time</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="fields">
          <Stack gap="sm">
            <DataTable
              label="Agreement by field"
              rows={data.fields}
              columns={FIELDS}
              rowId={idOf}
              onOpen={(row) => setOpen(idOf(row))}
              openId={open}
              maxHeight="calc(100dvh - 340px)"
            />
            {field && <Manual field={field} />}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="pairs">
          <Pairs pairs={data.pairs} />
        </Tabs.Panel>
        <Tabs.Panel value="months">
          <MonthsChart months={data.months} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function idOf({ instrument, field }: FieldAgreement): string {
  return `${instrument}.${field}`;
}

function Manual({ field: { label, guidance, warnings } }: { readonly field: FieldAgreement }) {
  return (
    <Alert color={warnings.length > 0 ? 'yellow' : 'gray'} title={label} role="region">
      <Text size="sm">{guidance ?? 'The protocol says nothing of how this field is to be read.'}</Text>
      {warnings.map((warning) => (
        <Text key={warning} size="sm" mt={4}>
          {warning.charAt(0).toUpperCase() + warning.slice(1)}.
        </Text>
      ))}
    </Alert>
  );
}

type Pair = Agreement['pairs'][number];

function Pairs({ pairs }: { readonly pairs: readonly Pair[] }) {
  const columns = useMemo<readonly Column<Pair>[]>(
    () => [
      { id: 'first', header: 'First', value: ({ first }) => first },
      { id: 'second', header: 'Second', value: ({ second }) => second },
      { id: 'charts', header: 'Charts', value: ({ charts }) => charts, align: 'right', width: '90px' },
      { id: 'n', header: 'Pairs of answers', value: ({ n }) => n, align: 'right', width: '140px' },
      { id: 'differing', header: 'Differing', value: ({ differing }) => differing, align: 'right', width: '100px' },
      {
        id: 'agreed',
        header: 'Agreed',
        value: ({ agreed }) => agreed,
        cell: ({ agreed }) => percent(agreed),
        align: 'right',
        width: '100px',
      },
    ],
    [],
  );
  return (
    <DataTable
      label="Agreement by pair of abstractors"
      rows={pairs}
      columns={columns}
      rowId={({ first, second }) => `${first}\n${second}`}
    />
  );
}

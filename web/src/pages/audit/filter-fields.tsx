import { Autocomplete, Button, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import type { TrailFilter } from './trail.tsx';

type AuditRow = RouteOutput<typeof contract.studyAudit>['items'][number];

const NOTHING = { actor: '', action: '', subject: '', from: '', to: '' };

interface FilterFieldsProps {
  readonly filter: TrailFilter;
  readonly onFilter: (filter: TrailFilter) => void;
  /** Those that have come, whose names are proposed. */
  readonly rows: readonly AuditRow[];
}

/** Person, action, subject and days, asked for a moment after the last letter. */
export function FilterFields({ filter, onFilter, rows }: FilterFieldsProps) {
  const [typed, setTyped] = useState({ ...NOTHING, ...filter });
  const ask = useDebouncedCallback(onFilter, 300);
  const set = (field: keyof TrailFilter) => (value: string) => {
    const next = { ...typed, [field]: value };
    setTyped(next);
    ask(Object.fromEntries(Object.entries(next).filter(([, said]) => said.trim() !== '')));
  };
  const isEmpty = Object.values(typed).every((said) => said === '');
  return (
    <Group mb="sm" align="flex-end" role="search" aria-label="Rows of the trail">
      <Autocomplete label="Who" w={160} data={distinct(rows, 'actor')} value={typed.actor} onChange={set('actor')} />
      <Autocomplete
        label="Did what"
        w={190}
        placeholder="chart, or chart.open"
        data={distinct(rows, 'action')}
        value={typed.action}
        onChange={set('action')}
      />
      <TextInput
        label="To whom or what"
        w={160}
        value={typed.subject}
        onChange={({ currentTarget }) => set('subject')(currentTarget.value)}
      />
      <TextInput
        type="date"
        label="From (UTC)"
        value={typed.from}
        onChange={({ currentTarget }) => set('from')(currentTarget.value)}
      />
      <TextInput
        type="date"
        label="To (UTC)"
        value={typed.to}
        onChange={({ currentTarget }) => set('to')(currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={isEmpty}
        onClick={() => {
          setTyped(NOTHING);
          ask({});
        }}
      >
        All rows
      </Button>
    </Group>
  );
}

function distinct(rows: readonly AuditRow[], field: 'actor' | 'action'): string[] {
  return [...new Set(rows.map((row) => row[field]))].sort();
}

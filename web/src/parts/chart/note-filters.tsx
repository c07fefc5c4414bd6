import { Group, NativeSelect, Switch } from '@mantine/core';
import type { ChartHead, NoteFilter } from '../../../../src/server/contract/index.ts';
import classes from './chart-pane.module.css';

interface NoteFiltersProps {
  readonly head: ChartHead;
  readonly filter: NoteFilter;
  readonly onFilter: (filter: NoteFilter) => void;
}

/** What the list of notes is narrowed to, and its order. */
export function NoteFilters({ head, filter, onFilter }: NoteFiltersProps) {
  const { types, specialties } = head.notes;
  const { termSet, order = 'oldest' } = filter;
  return (
    <fieldset className={classes.filters} aria-label="Which notes">
      <NativeSelect
        size="xs"
        aria-label="Type of note"
        value={indexOf(types, filter.types)}
        onChange={(event) => onFilter({ ...filter, types: picked(types, event.currentTarget.value) })}
        data={optionsOf('All types', types)}
      />
      <NativeSelect
        size="xs"
        aria-label="Specialty"
        value={indexOf(specialties, filter.specialties)}
        onChange={(event) => onFilter({ ...filter, specialties: picked(specialties, event.currentTarget.value) })}
        data={optionsOf('All specialties', specialties)}
      />
      <NativeSelect
        size="xs"
        aria-label="Term set"
        value={termSet ?? ''}
        onChange={(event) => onFilter({ ...filter, termSet: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: 'Any mention' },
          ...head.termSets.map(({ id, label }) => ({ value: id, label: `Mention: ${label}` })),
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label="Order"
        value={order}
        onChange={(event) =>
          onFilter({ ...filter, order: event.currentTarget.value === 'newest' ? 'newest' : 'oldest' })
        }
        data={[
          { value: 'oldest', label: 'Oldest first' },
          { value: 'newest', label: 'Newest first' },
        ]}
      />
      <Group>
        <Switch
          size="xs"
          label="Unread only"
          checked={filter.read === false}
          onChange={(event) => onFilter({ ...filter, read: event.currentTarget.checked ? false : undefined })}
        />
      </Group>
    </fieldset>
  );
}

type Facet = ChartHead['notes']['types'];

function optionsOf(all: string, facet: Facet) {
  return [
    { value: '', label: all },
    ...facet.map(({ value, notes }, at) => ({ value: String(at), label: `${value ?? 'none'} (${notes})` })),
  ];
}

function picked(facet: Facet, at: string): (string | null)[] | undefined {
  const one = at === '' ? undefined : facet[Number(at)];
  return one && [one.value];
}

function indexOf(facet: Facet, chosen: readonly (string | null)[] | undefined): string {
  return chosen ? String(facet.findIndex(({ value }) => value === chosen[0])) : '';
}

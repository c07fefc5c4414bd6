import { List, Text, Title } from '@mantine/core';
import type { ImportDone } from '../../../../src/server/contract/index.ts';

/** The first rows of tables as the mapping reads them. */
export function Preview({ rows }: { readonly rows: ImportDone['preview'] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="preview-of-rows">
      <Title order={3} id="preview-of-rows" mb="xs">
        The first rows as the mapping reads them
      </Title>
      <List>
        {rows.map(({ file, line, person, linkage, values }) => (
          <List.Item key={`${file}:${line}`}>
            <Text>
              {file}:{line} · {person === null ? `no person (${linkage ?? ''})` : person}
              {person !== null && linkage !== null && ` by ${linkage}`}
            </Text>
            <Text c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {values.map(({ column, value }) => `${column} ${value}`).join(' · ')}
            </Text>
          </List.Item>
        ))}
      </List>
    </section>
  );
}

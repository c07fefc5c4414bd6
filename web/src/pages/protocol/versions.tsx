import { Badge, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { contract } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { dateTimeOf, ErrorState, Loading } from '../../parts/index.ts';
import table from '../../parts/word-table.module.css';
import { Changes } from './changes.tsx';
import { YamlLines } from './yaml-lines.tsx';

/** Every version that was in force, and what differs between two of them. */
export function Versions({ study }: { readonly study: string }) {
  const { data, error, refetch } = useRoute(contract.protocolVersions, { params: { study } });
  const [chosen, setChosen] = useState<{ readonly from?: string; readonly to?: string }>({});
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Looking" />;
  const { items } = data;
  const options = items.map(({ sha256, version }) => ({ value: sha256, label: version }));
  const to = chosen.to ?? items[0]?.sha256 ?? '';
  const from = chosen.from ?? items[1]?.sha256;
  return (
    <Stack>
      <table className={table.words}>
        <caption>Versions</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Added</th>
            <th scope="col">By</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ sha256, version, addedAt, by, isInForce }) => (
            <tr key={sha256}>
              <th scope="row">
                <Group gap="xs">
                  {version}
                  {isInForce && (
                    <Badge variant="light" color="green" tt="none">
                      in force
                    </Badge>
                  )}
                </Group>
              </th>
              <td>{dateTimeOf(addedAt)}</td>
              <td>{by}</td>
              <td>{sha256.slice(0, 12)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {from === undefined ? (
        <Text>There is one version, so there is nothing to compare.</Text>
      ) : (
        <>
          <Group align="flex-end">
            <Select
              label="From"
              data={options}
              value={from}
              allowDeselect={false}
              onChange={(value) => setChosen({ ...chosen, ...(value && { from: value }) })}
            />
            <Select
              label="To"
              data={options}
              value={to}
              allowDeselect={false}
              onChange={(value) => setChosen({ ...chosen, ...(value && { to: value }) })}
            />
          </Group>
          <Compared study={study} from={from} to={to} />
        </>
      )}
    </Stack>
  );
}

function Compared({ study, from, to }: { readonly study: string; readonly from: string; readonly to: string }) {
  const before = useRoute(contract.protocolVersion, { params: { study, version: from } });
  const after = useRoute(contract.protocolVersion, { params: { study, version: to } });
  const error = before.error ?? after.error;
  if (error) return <ErrorState error={error} />;
  if (!before.data || !after.data) return <Loading what="Comparing" />;
  if (from === to) return <YamlLines label={`Version ${after.data.version}`} yaml={after.data.yaml} />;
  return <Changes before={before.data.yaml} after={after.data.yaml} />;
}

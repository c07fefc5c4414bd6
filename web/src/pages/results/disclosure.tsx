import { Button, Checkbox, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useChange, useRoute } from '../../api/index.ts';
import { EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import table from '../../parts/word-table.module.css';
import { useMay } from '../../session/session.ts';
import classes from './results.module.css';

type View = RouteOutput<typeof contract.disclosure>;
type Warning = View['open'][number];

const keyOf = ({ code, place, text }: Warning): string => [code, place, text].join('\n');

/** Places of a release that may tell who somebody is: accepted for a reason, or changed in the protocol. */
export function Disclosure({ study }: { readonly study: string }) {
  const { data, error, refetch } = useRoute(contract.disclosure, { params: { study } });
  const mayAccept = useMay().inStudy(study, 'results.change');
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Checking" />;
  const { open, accepted } = data;
  if (open.length + accepted.length === 0) return <EmptyState title="No warnings" />;
  return (
    <Stack>
      {open.length === 0 ? (
        <Text>Every warning is accepted.</Text>
      ) : (
        <Open key={open.map(keyOf).join('\n')} study={study} open={open} mayAccept={mayAccept} />
      )}
      {[...Map.groupBy(accepted, ({ reason, by }) => `${by}: ${reason}`)].map(([why, own]) => (
        <WarningTable key={why} caption={`Accepted (${own.length}), ${why}`}>
          {own.map((one) => (
            <WarningRow key={keyOf(one)} warning={one} />
          ))}
        </WarningTable>
      ))}
    </Stack>
  );
}

function Open({
  study,
  open,
  mayAccept,
}: {
  readonly study: string;
  readonly open: readonly Warning[];
  readonly mayAccept: boolean;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const accept = useChange(contract.acceptDisclosure, { touches: ['disclosure', 'releases'] });
  const toggle = (key: string): void => setChosen(chosen.symmetricDifference(new Set([key])));
  const warnings = open.filter((one) => chosen.has(keyOf(one)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate({ params: { study }, body: { warnings, reason } });
      }}
    >
      <Text mb="sm">
        Nothing is released while a warning is open. Merge cells in the protocol, or accept what may leave, with the
        reason.
      </Text>
      {mayAccept && (
        <Stack gap="xs" maw={560} mb="md">
          <Title order={2}>Accept the chosen ones</Title>
          <Textarea
            label="Why they may leave all the same"
            description="Stays in the study and in the release"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
          />
          <Group>
            <Button type="submit" loading={accept.isPending} disabled={warnings.length === 0 || reason.trim() === ''}>
              Accept {warnings.length}
            </Button>
            <Checkbox
              label={`All ${open.length}`}
              checked={chosen.size === open.length}
              indeterminate={chosen.size > 0 && chosen.size < open.length}
              onChange={(event) => setChosen(new Set(event.currentTarget.checked ? open.map(keyOf) : []))}
            />
          </Group>
          {accept.error && <ErrorState error={accept.error} />}
        </Stack>
      )}
      <WarningTable caption={`Open (${open.length})`} {...(mayAccept && { lastHead: 'Accept' })}>
        {open.map((one) => (
          <WarningRow key={keyOf(one)} warning={one}>
            {mayAccept && (
              <Checkbox
                aria-label={`Accept ${one.code} at ${one.place}`}
                checked={chosen.has(keyOf(one))}
                onChange={() => toggle(keyOf(one))}
              />
            )}
          </WarningRow>
        ))}
      </WarningTable>
    </form>
  );
}

function WarningTable({
  caption,
  lastHead,
  children,
}: {
  readonly caption: string;
  readonly lastHead?: string;
  readonly children: ReactNode;
}) {
  return (
    <table className={table.words}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Kind</th>
          <th scope="col">What it tells</th>
          {lastHead && <th scope="col">{lastHead}</th>}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function WarningRow({
  warning: { code, place, text },
  children,
}: {
  readonly warning: Warning;
  readonly children?: ReactNode;
}) {
  return (
    <tr>
      <th scope="row">{place}</th>
      <td className={classes.kind}>{code}</td>
      <td>{text}</td>
      {children && <td>{children}</td>}
    </tr>
  );
}

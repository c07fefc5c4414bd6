import { Alert, Button, Group, List, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { contract, type ProtocolImpactView, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useChange, useJob } from '../../api/index.ts';
import { ErrorState, JobProgress, useConfirm } from '../../parts/index.ts';
import { Changes } from './changes.tsx';
import { Impact } from './impact.tsx';
import { LinedEditor, type LinedEditorHandle } from './lined-editor.tsx';

type InForce = RouteOutput<typeof contract.protocol>;
type Problem = RouteOutput<typeof contract.checkProtocol>['problems'][number];

/** A draft: written, checked, looked at for what it would change, then put into force. */
export function NewVersion({
  study,
  inForce,
  draft,
  onRegistered,
}: {
  readonly study: string;
  readonly inForce: InForce;
  /** A draft that another page began; else one begins with what is in force. */
  readonly draft: string | undefined;
  readonly onRegistered: () => void;
}) {
  // The version that was read when the draft was begun: another one in force since is not written over.
  const [begun] = useState(inForce);
  const [yaml, setYaml] = useState(draft ?? begun.yaml);
  const [looked, setLooked] = useState<string>();
  const editor = useRef<LinedEditorHandle>(null);
  const params = { study };
  const check = useChange(contract.checkProtocol, { touches: [] });
  const impact = useJob<typeof contract.impactOfProtocol, ProtocolImpactView>(contract.impactOfProtocol);
  const change = useChange(contract.changeProtocol);
  const confirm = useConfirm();
  const isChanged = yaml !== begun.yaml;

  const checked = check.data && check.variables?.body.yaml === yaml ? check.data : undefined;
  const marked = useMemo(() => new Set(checked?.problems.flatMap(({ line }) => line ?? [])), [checked]);

  const checkNow = async () => {
    const { problems } = await check.mutateAsync({ params, body: { yaml } });
    const [first] = problems;
    if (first?.line !== undefined) editor.current?.show(first.line);
    return problems;
  };
  const look = async (): Promise<void> => {
    if ((await checkNow()).length > 0) return;
    setLooked(yaml);
    impact.begin({ params, body: { yaml } });
  };
  const register = async (): Promise<void> => {
    const isSure = await confirm({
      title: 'Put this version into force?',
      text: 'From then on screening and abstraction ask by it, and the candidates have to be identified by it. The versions before are kept.',
      action: 'Put into force',
    });
    if (isSure) change.mutate({ params, body: { yaml }, ifMatch: begun.sha256 }, { onSuccess: onRegistered });
  };
  const found = looked === yaml ? impact.result : undefined;
  return (
    <Stack>
      {begun.sha256 !== inForce.sha256 && (
        <Alert color="yellow" title={`Version ${inForce.version} came into force meanwhile`}>
          This draft is of version {begun.version}. Take your changes over to the newer one: copy them, then load the
          page again.
        </Alert>
      )}
      <LinedEditor
        ref={editor}
        label="The draft"
        description="Give it a new version. Nothing changes until it is put into force."
        value={yaml}
        onChange={setYaml}
        marked={marked}
      />
      <Group>
        <Button variant="default" loading={check.isPending} onClick={() => void checkNow().catch(() => undefined)}>
          Check
        </Button>
        <Button
          variant="default"
          disabled={!isChanged}
          loading={impact.isRunning}
          onClick={() => void look().catch(() => undefined)}
        >
          What would it change?
        </Button>
        <Button disabled={!found} loading={change.isPending} onClick={() => void register()}>
          Put into force
        </Button>
        {isChanged && !found && <Text c="dimmed">Look at what it would change before you put it into force.</Text>}
      </Group>
      {checked && (
        <Checked
          version={checked.version}
          problems={checked.problems}
          onOpen={({ line = 1, column = 1 }) => editor.current?.goTo({ line, column })}
        />
      )}
      {[check.error, impact.error, change.error].filter(Boolean).map((error) => (
        <ErrorState key={String(error)} error={error} />
      ))}
      {impact.isRunning && <JobProgress job={impact.job} what="Working out what it would change" />}
      {found && <Impact impact={found} />}
      {isChanged && (
        <section>
          <Title order={2} mb="xs">
            What is written otherwise
          </Title>
          <Changes before={begun.yaml} after={yaml} />
        </section>
      )}
    </Stack>
  );
}

function Checked({
  version,
  problems,
  onOpen,
}: {
  readonly version: string | null;
  readonly problems: readonly Problem[];
  readonly onOpen: (problem: Problem) => void;
}) {
  if (problems.length === 0) {
    return (
      <Alert color="green" role="status" title="No mistake found">
        It is version {version}.
      </Alert>
    );
  }
  return (
    <Alert color="red" role="alert" title={problems.length === 1 ? 'One mistake' : `${problems.length} mistakes`}>
      <List>
        {problems.map((problem) => (
          <List.Item key={`${problem.line}:${problem.column}:${problem.message}`}>
            {problem.line === undefined ? null : (
              <UnstyledButton
                td="underline"
                fz="inherit"
                mih={24}
                onClick={() => onOpen(problem)}
              >{`Line ${problem.line}, column ${problem.column}`}</UnstyledButton>
            )}{' '}
            {problem.message} {problem.tip}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

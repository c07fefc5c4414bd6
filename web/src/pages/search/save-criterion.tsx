import { Button, Code, CopyButton, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { contract } from '../../../../src/server/contract/index.ts';
import { saveFile, useChange } from '../../api/index.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { useMay } from '../../session/session.ts';
import { studyPages } from '../pages.tsx';

interface SaveCriterionProps {
  readonly study: string;
  readonly search: number;
  readonly onClose: () => void;
}

type Kind = 'arm' | 'exclusion' | 'criterion';

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'arm', label: 'An arm' },
  { value: 'exclusion', label: 'An exclusion' },
  { value: 'criterion', label: 'A named criterion' },
];

/** Makes a search a criterion in a draft of the next version of the protocol. Nothing changes until that is put into force. */
export function SaveCriterion({ study, search, onClose }: SaveCriterionProps) {
  const [as, setAs] = useState<Kind>('arm');
  const [id, setId] = useState('');
  const [label, setLabel] = useState('');
  const draft = useChange(contract.searchCriterion, { touches: [] });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    draft.mutate({ params: { study, search }, body: { as, id, label } });
  };
  return (
    <Modal opened onClose={onClose} title="Save the search as a criterion" size="lg">
      {draft.data ? (
        <Draft study={study} draft={draft.data} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <SegmentedControl
              aria-label="What it becomes"
              data={[...KINDS]}
              value={as}
              onChange={(value) => setAs(value as Kind)}
            />
            <TextInput
              label="Id"
              description="Small letters, digits and single hyphens; the account names it so"
              placeholder="text-arm"
              pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*"
              maxLength={60}
              required
              data-autofocus
              value={id}
              onChange={(event) => setId(event.currentTarget.value)}
            />
            <TextInput
              label="Label"
              description="As readers will see it"
              maxLength={200}
              required
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
            {draft.error && <ErrorState error={draft.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={draft.isPending}>
                Draft it
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

interface DraftProps {
  readonly study: string;
  readonly draft: { readonly yaml: string; readonly version: string; readonly part: string };
  readonly onClose: () => void;
}

function Draft({ study, draft, onClose }: DraftProps) {
  const { yaml, version, part } = draft;
  const may = useMay();
  const navigate = useNavigate();
  const page = studyPages.find(({ path }) => path === 'protocol');
  const canOpen = page !== undefined && may.inStudy(study, page.needs);
  return (
    <Stack>
      <Text>
        Version {version} of the protocol would have this. Nothing is changed yet: put the version into force on the
        page of the protocol, which first tells what it would change.
      </Text>
      <Code block tabIndex={0}>
        {part}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={part}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          onClick={() => saveFile({ name: 'protocol.yaml', blob: new Blob([yaml], { type: 'application/yaml' }) })}
        >
          Save the protocol
        </Button>
        {canOpen && (
          <Button
            onClick={() => {
              onClose();
              void navigate(`/studies/${study}/protocol?show=new`, { state: { draft: yaml } });
            }}
          >
            Open in the protocol
          </Button>
        )}
      </Group>
    </Stack>
  );
}

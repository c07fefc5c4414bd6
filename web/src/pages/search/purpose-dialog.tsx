import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { contract } from '../../../../src/server/contract/index.ts';
import { useChange } from '../../api/index.ts';
import { ErrorState } from '../../parts/error-state.tsx';

const FEWEST_LETTERS = 10;

/** Asks for what purpose the notes are searched, before anything can be. */
export function PurposeDialog({ study }: { readonly study: string }) {
  const [purpose, setPurpose] = useState('');
  const [isSworn, setIsSworn] = useState(false);
  const attest = useChange(contract.attestPurpose, { touches: ['searchPurpose'] });
  const navigate = useNavigate();
  const isReady = isSworn && purpose.trim().length >= FEWEST_LETTERS;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isReady) attest.mutate({ params: { study }, body: { purpose: purpose.trim() } });
  };
  const leave = () => void navigate(`/studies/${study}`);
  return (
    <Modal opened onClose={leave} title="For what purpose do you search?" size="lg" closeOnClickOutside={false}>
      <form onSubmit={submit}>
        <Stack>
          <Text>
            A search goes over the notes of everybody whose records may be used for research, not only of this study’s
            candidates. What you say here is kept with the study and its audit trail, as is every search, list and note
            that you open. It holds for this session, a day at most.
          </Text>
          <Textarea
            label="Purpose"
            description={`${FEWEST_LETTERS} letters or more; no name and no diagnosis of a patient`}
            placeholder="Find candidates by text, as the protocol has it"
            required
            autosize
            minRows={2}
            maxLength={1000}
            data-autofocus
            value={purpose}
            onChange={(event) => setPurpose(event.currentTarget.value)}
          />
          <Checkbox
            label="I search the notes for this purpose alone, and the approval of this study covers it"
            checked={isSworn}
            onChange={(event) => setIsSworn(event.currentTarget.checked)}
          />
          {attest.error && <ErrorState error={attest.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              Back to the study
            </Button>
            <Button type="submit" disabled={!isReady} loading={attest.isPending}>
              Go on
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

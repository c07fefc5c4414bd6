import { Button, FileInput, Group, Modal, Stack, Text } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { contract } from '../../../../src/server/contract/index.ts';
import { useChange } from '../../api/index.ts';
import { ErrorState } from '../../parts/index.ts';

/** Makes a study of the file of its protocol. */
export function CreateStudy() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Make a study</Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title="Make a study">
        <Form onCancel={() => setIsOpen(false)} />
      </Modal>
    </>
  );
}

function Form({ onCancel }: { readonly onCancel: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const create = useChange(contract.createStudy);
  const navigate = useNavigate();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!file) return;
    create.mutate(
      { body: { yaml: await file.text() } },
      { onSuccess: ({ study }) => void navigate(`/studies/${study}`) },
    );
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Text>The study gets its name, its criteria and its forms from its protocol. You will be its owner.</Text>
        <FileInput
          label="Protocol"
          description="A YAML file of at most 2 MB"
          placeholder="Choose a file"
          accept=".yaml,.yml,application/yaml"
          required
          clearable
          clearButtonProps={{ 'aria-label': 'Take the file away' }}
          value={file}
          onChange={setFile}
        />
        {create.error && <ErrorState error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" disabled={!file} loading={create.isPending}>
            Make the study
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Alert, Checkbox, ScrollArea, Stack, Text } from '@mantine/core';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import { countText, sizeText } from './size-text.ts';

interface ChooseFilesProps {
  readonly inbox: RouteOutput<typeof contract.inbox>;
  readonly chosen: readonly string[];
  readonly onChoose: (paths: readonly string[]) => void;
  readonly isBusy: boolean;
}

/** Folders and files of the inbox, to be ticked; what is below a folder that is ticked comes with it. */
export function ChooseFiles({ inbox: { items, isWhole }, chosen, onChoose, isBusy }: ChooseFilesProps) {
  const isIn = (path: string): boolean => chosen.some((folder) => path.startsWith(`${folder}/`));
  const set = (path: string, is: boolean): void => {
    const rest = chosen.filter((one) => one !== path && !one.startsWith(`${path}/`));
    onChoose(is ? [...rest, path] : rest);
  };
  return (
    <Stack gap="xs" role="group" aria-label="Files of the inbox">
      <Text fw={600}>Files of the inbox</Text>
      {!isWhole && <Alert color="yellow">There are more than can be listed: choose their folder.</Alert>}
      <ScrollArea.Autosize
        mah={220}
        viewportProps={{ tabIndex: 0, 'aria-label': 'Files of the inbox', role: 'region' }}
      >
        <Stack gap={6} p={4}>
          {items.map(({ path, kind, files, bytes }) => (
            <Checkbox
              key={path}
              ml={24 * (path.split('/').length - 1)}
              label={
                kind === 'folder'
                  ? `${path}/ (${countText(files)} ${files === 1 ? 'file' : 'files'}, ${sizeText(bytes)})`
                  : `${path} (${sizeText(bytes)})`
              }
              checked={chosen.includes(path) || isIn(path)}
              disabled={isBusy || isIn(path) || (kind === 'folder' && files === 0)}
              onChange={({ currentTarget }) => set(path, currentTarget.checked)}
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Stack>
  );
}

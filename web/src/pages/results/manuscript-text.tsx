import { Alert, Anchor, Badge, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { call, saveFile, useChange, useRoute } from '../../api/index.ts';
import { dateTimeOf, EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';
import { Draft } from './draft.tsx';
import { LiveNumbers } from './live-numbers.tsx';
import type { Tracing } from './printed-table.tsx';

type TextView = NonNullable<RouteOutput<typeof contract.manuscript>['text']>;

/** The text of the paper: its live numbers, what moved since it was read, the draft. */
export function ManuscriptText({ study, ...tracing }: Tracing & { readonly study: string }) {
  const { data, error, refetch } = useRoute(contract.manuscript, { params: { study } });
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Reading the text" />;
  }
  return data.text ? <Shown study={study} text={data.text} {...tracing} /> : <NoText study={study} />;
}

function NoText({ study }: { readonly study: string }) {
  const start = useChange(contract.startManuscript, { touches: ['manuscript'] });
  const mayChange = useMay().inStudy(study, 'results.change');
  return (
    <EmptyState
      title="The study has no text yet"
      action={
        mayChange && (
          <Button loading={start.isPending} onClick={() => start.mutate({ params: { study } })}>
            Begin a text
          </Button>
        )
      }
    >
      A first text has the account and every statistic, each as a sentence with live numbers, to be written anew.
      {start.error && <ErrorState error={start.error} />}
    </EmptyState>
  );
}

function Shown({ study, text, ...tracing }: Tracing & { readonly study: string; readonly text: TextView }) {
  const [isWriting, setIsWriting] = useState(false);
  const mayChange = useMay().inStudy(study, 'results.change');
  const { problems, isApproved, isAltered, approval, values } = text;
  const moved = values.filter(({ state }) => state === 'moved').length;
  return (
    <Stack>
      <Group>
        <Badge color={isApproved ? 'green' : 'yellow'} variant="light" tt="none">
          {isApproved ? 'Approved as it is' : moved > 0 ? `${moved} moved since approved` : 'Not approved as it is'}
        </Badge>
        {approval && (
          <Text size="sm" c="dimmed">
            Approved by {approval.by}, {dateTimeOf(approval.at)}: {approval.why}
          </Text>
        )}
        {problems.length === 0 && <Downloads study={study} />}
        {mayChange && !isWriting && (
          <Button size="xs" variant="default" onClick={() => setIsWriting(true)}>
            Write
          </Button>
        )}
      </Group>
      {isAltered && (
        <Alert color="red" title="The file of approved numbers was changed by hand">
          It counts for nothing. Read the text and approve it anew.
        </Alert>
      )}
      {isWriting && <Writing study={study} text={text} onDone={() => setIsWriting(false)} />}
      {problems.length > 0 && <Problems problems={problems} />}
      {text.draft.length > 0 && <Draft text={text} {...tracing} />}
      {mayChange && problems.length === 0 && !isApproved && <Approve study={study} text={text} />}
      <LiveNumbers text={text} {...tracing} />
    </Stack>
  );
}

function Problems({ problems }: Pick<TextView, 'problems'>) {
  return (
    <Alert color="yellow" title="This keeps the text from being printed">
      <ul>
        {problems.map(({ line, column, message, tip }) => (
          <li key={`${line}:${column}:${message}`}>
            {line !== undefined && `Line ${line}: `}
            {message} {tip}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function Downloads({ study }: { readonly study: string }) {
  const save = async (type: 'markdown' | 'html' | 'docx'): Promise<void> =>
    saveFile(await call(contract.manuscriptFile, { params: { study }, query: { type } }));
  return (
    <Text size="sm">
      Draft as{' '}
      {(['docx', 'html', 'markdown'] as const).map((type, at) => (
        <span key={type}>
          {at > 0 && ', '}
          <Anchor component="button" type="button" inherit onClick={() => void save(type)}>
            {NAMES[type]}
          </Anchor>
        </span>
      ))}
    </Text>
  );
}

const NAMES = { docx: 'Word', html: 'HTML', markdown: 'Markdown' };

function Writing({
  study,
  text,
  onDone,
}: {
  readonly study: string;
  readonly text: TextView;
  readonly onDone: () => void;
}) {
  // What was read stays the ground of what is written, whatever is asked anew meanwhile.
  const [{ source: read, revision }] = useState(text);
  const [source, setSource] = useState(read);
  const write = useChange(contract.writeManuscript, { touches: ['manuscript'] });
  const save = () => write.mutate({ params: { study }, body: { source }, ifMatch: revision }, { onSuccess: onDone });
  return (
    <Stack>
      <Textarea
        label="The text, in Markdown"
        description="{{ID.n}} is a live number; [[12]] a number that is no result"
        autosize
        minRows={12}
        maxRows={30}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      {write.error && <ErrorState error={write.error} />}
      <Group>
        <Button loading={write.isPending} onClick={save}>
          Save the text
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}

function Approve({ study, text }: { readonly study: string; readonly text: TextView }) {
  const [why, setWhy] = useState('');
  const approve = useChange(contract.approveManuscript, { touches: ['manuscript'] });
  const submit = () =>
    approve.mutate({ params: { study }, body: { why }, ifMatch: text.revision }, { onSuccess: () => setWhy('') });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="xs" maw={560}>
        <Title order={2}>Approve these numbers</Title>
        <Textarea
          label="Why"
          description="Kept with the numbers: what you read, and what changed"
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
          required
        />
        {approve.error && <ErrorState error={approve.error} />}
        <Group>
          <Button type="submit" loading={approve.isPending} disabled={why.trim() === ''}>
            I read the text with these numbers
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

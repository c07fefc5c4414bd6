import { Anchor, Button, Drawer, Group, Radio, Select, Stack, Text, Textarea } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { Link } from 'react-router';
import { contract, type SampleView } from '../../../../src/server/contract/index.ts';
import { useChange, useRoute } from '../../api/index.ts';
import { ErrorState } from '../../parts/error-state.tsx';

export type SampledPerson = NonNullable<SampleView['sample']>['persons'][number];

interface VerdictProps {
  readonly study: string;
  readonly person: SampledPerson;
  readonly onClose: () => void;
}

/** The verdict on a person of the sample: a case that was missed, with the note or the row that shows it, or none. */
export function Verdict({ study, person: { subject, isCase }, onClose }: VerdictProps) {
  const [said, setSaid] = useState(isCase === null ? '' : isCase ? 'yes' : 'no');
  const [source, setSource] = useState<string | null>(null);
  const [quote, setQuote] = useState('');
  const isMissed = said === 'yes';
  const { notes, rows, error } = useSources(study, subject, isMissed);
  const isNote = notes.some(({ value }) => value === source);
  const judge = useChange(contract.judgeSampled, { touches: ['sample'] });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const cited = isMissed && source !== null ? [source] : [];
    const body = {
      isCase: isMissed,
      quotations: isNote ? cited.map((note) => ({ note, quote })) : [],
      records: isNote ? [] : cited,
    };
    judge.mutate({ params: { study, subject }, body }, { onSuccess: onClose });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(560px, 65vw)"
      title={`Is ${subject} a case that was missed?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack component="form" onSubmit={submit}>
        <Anchor component={Link} to={`/studies/${study}/charts/${subject}`} target="_blank">
          Open the chart in a new tab
        </Anchor>
        <Radio.Group
          label="Had an arm found this person, would the study have found the person eligible?"
          value={said}
          onChange={setSaid}
        >
          <Group mt="xs">
            <Radio value="yes" label="Yes, a case that was missed" />
            <Radio value="no" label="No" />
          </Group>
        </Radio.Group>
        {isMissed && (
          <>
            <Select
              label="What shows it"
              description="A note or a row of the chart"
              searchable
              required
              data={[
                { group: 'Notes', items: notes },
                { group: 'Records', items: rows },
              ]}
              value={source}
              onChange={setSource}
            />
            {isNote && (
              <Textarea
                label="The words of the note"
                description="Copied from the chart, word by word"
                required
                autosize
                minRows={2}
                value={quote}
                onChange={(event) => setQuote(event.currentTarget.value)}
              />
            )}
          </>
        )}
        {error && <ErrorState error={error} />}
        {judge.error && <ErrorState error={judge.error} />}
        <Text size="sm" c="dimmed">
          A later verdict stands beside an earlier one, and the last counts.
        </Text>
        <Group justify="flex-end">
          <Button type="submit" disabled={said === ''} loading={judge.isPending}>
            Keep the verdict
          </Button>
        </Group>
      </Stack>
    </Drawer>
  );
}

/** The notes and rows of the chart that may be cited; not asked for before somebody would cite one. */
function useSources(study: string, subject: string, isWanted: boolean) {
  const params = { study, subject };
  const options = { enabled: isWanted, refetchOnWindowFocus: false };
  const notes = useRoute(contract.chartNotes, { params, query: { limit: 500 }, body: {} }, options);
  const rows = useRoute(contract.chartRows, { params, query: { limit: 500 } }, options);
  return {
    notes: (notes.data?.items ?? []).map(({ source, at, type }) => sourceOf(source, at?.date, type)),
    rows: (rows.data?.items ?? []).map(({ source, date, text }) => sourceOf(source, date, text)),
    error: notes.error ?? rows.error,
  };
}

function sourceOf(source: string, date: string | null | undefined, text: string | null) {
  return { value: source, label: [date?.slice(0, 10) ?? 'no date', text, source].filter(Boolean).join(' · ') };
}

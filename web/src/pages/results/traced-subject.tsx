import { Anchor, Group, List, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { ErrorState, Highlighted, Loading } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';
import { studyPages } from '../pages.tsx';
import classes from './results.module.css';

type Subject = RouteOutput<typeof contract.traceSubject>;
type Value = Subject['values'][number];
type Place = Value['evidence'][number];

const SETTLED: Readonly<Record<Value['by'], string>> = {
  agreement: 'agreed',
  'one-abstractor': 'one abstractor',
  adjudication: 'adjudicated',
};

/** What puts one subject into the cell: each value, who said it, and its sentences in their notes. */
export function TracedSubject({
  study,
  cell,
  subject,
}: {
  readonly study: string;
  readonly cell: string;
  readonly subject: string;
}) {
  const asked = { params: { study, subject }, query: { cell } };
  const { data, error, refetch } = useRoute(contract.traceSubject, asked);
  const may = useMay();
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Looking" />;
  const page = studyPages.find(({ path }) => path === 'charts/:subject');
  const chart = page && may.inStudy(study, page.needs) ? `/studies/${study}/charts/${subject}` : undefined;
  return (
    <Stack component="section" aria-label={`Subject ${subject}`}>
      <Group justify="space-between">
        <Title order={3}>{subject}</Title>
        {chart && (
          <Anchor component={Link} to={chart}>
            Open the chart
          </Anchor>
        )}
      </Group>
      {data.response && <Text>{data.response}</Text>}
      {data.treatments.map(({ sentence, answers, rows }) => (
        <div key={sentence}>
          <Text>{sentence}</Text>
          <List size="sm">
            {[...answers, ...rows].map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </div>
      ))}
      {data.values.map((value) => (
        <SaidValue key={`${value.instrument}/${value.row}/${value.field}`} value={value} chart={chart} />
      ))}
    </Stack>
  );
}

/** `chart` is where its places open; absent for those who may not open it. */
function SaidValue({ value, chart }: { readonly value: Value; readonly chart: string | undefined }) {
  const { label, row, isMissing, by, reviewers, reason, evidence, coverage } = value;
  return (
    <div>
      <Text>
        {label}
        {row && ` [${row}]`}:{' '}
        <Text span fw={600} {...(isMissing && { fs: 'italic' })}>
          {value.value}
        </Text>
      </Text>
      <Text size="sm" c="dimmed">
        {SETTLED[by]}: {reviewers.join(', ')}
        {reason && ` · ${reason}`}
      </Text>
      {evidence.map((place) => (
        <Cited
          key={place.kind === 'note' ? `${place.note}/${place.start}` : place.record}
          place={place}
          chart={chart}
        />
      ))}
      {evidence.length === 0 && !coverage && (
        <Text size="sm" c="dimmed">
          No place of the chart is cited.
        </Text>
      )}
      {coverage && (
        <Text size="sm">
          Read: {coverage.notes} {coverage.notes === 1 ? 'note' : 'notes'}.
          {coverage.terms.length > 0 && ` Searched: ${coverage.terms.join(', ')}.`}
        </Text>
      )}
    </div>
  );
}

function Cited({ place, chart }: { readonly place: Place; readonly chart: string | undefined }) {
  if (place.kind === 'record') {
    return (
      <Text size="sm">
        Record {place.record} {chart && <InChart chart={chart} place={{ record: place.record }} />}
      </Text>
    );
  }
  const { note, start, end, date, type, specialty, before, quote, after, isThere } = place;
  const text = before + quote + after;
  const range = {
    id: 'quote',
    start: before.length,
    end: before.length + quote.length,
    set: 0,
    name: 'Cited',
  };
  return (
    <figure style={{ margin: 0 }}>
      <blockquote className={classes.quote}>
        <Highlighted text={text} ranges={[range]} current="quote" />
      </blockquote>
      <Text component="figcaption" size="sm" c="dimmed">
        {[date, type, specialty].filter(Boolean).join(', ')}
        {isThere
          ? chart && (
              <>
                {' · '}
                <InChart chart={chart} place={{ note, start, end }} />
              </>
            )
          : ' · The note does not have these words there any more.'}
      </Text>
    </figure>
  );
}

/** The place goes with the state of the link: an address does not say what stands in a chart. */
function InChart({ chart, place }: { readonly chart: string; readonly place: object }) {
  return (
    <Anchor component={Link} to={chart} state={{ place }} inherit>
      In the chart
    </Anchor>
  );
}

import { Badge, List, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import table from '../../parts/word-table.module.css';
import classes from './protocol.module.css';

type SummaryView = RouteOutput<typeof contract.protocol>['summary'];
type Labelled = SummaryView['arms'][number];

/** The protocol in the order of a Methods section. */
export function Summary({ summary }: { readonly summary: SummaryView }) {
  const { question, period, authorization, concepts, criteria, arms, exclusions, review, instruments } = summary;
  const share = Math.round(100 * review.doubleShare);
  return (
    <>
      <Part title="Question and period">
        {question && <Text maw="80ch">{question}</Text>}
        <Text>
          {period.start} to {period.end}. {authorization}
        </Text>
      </Part>
      <Part title="Who is found">
        <LabelledRows caption="Arms" rows={arms} />
        {criteria.length > 0 && <LabelledRows caption="Named criteria" rows={criteria} />}
      </Part>
      <Part title="Who is left out">
        <LabelledRows
          caption="Exclusions, in the order of print"
          rows={exclusions.map((one) => ({ ...one, text: one.by === 'rule' ? one.text : `By reviewers: ${one.text}` }))}
        />
      </Part>
      <Part title="Who reads">
        <Text>
          {share === 100 ? 'Every chart' : `${share}% of the charts`} by {review.abstractors}
          {review.blinded ? ', who do not see what the other entered' : ''}. Screening by the form {review.screening}.
        </Text>
      </Part>
      <Part title="Forms">
        {instruments.map((one) => (
          <Form key={one.id} form={one} />
        ))}
      </Part>
      {summary.outcomes.length > 0 && (
        <Part title="What is worked out">
          <LabelledRows caption="Treatments, response, events, variables" rows={summary.outcomes} />
        </Part>
      )}
      <Part title="What is printed">
        <List>
          {summary.prints.map(({ kind, id, label, text }) => (
            <List.Item key={`${kind}/${id}`}>
              {label} <Text span c="dimmed">{`${kind}${text && `, ${text}`}`}</Text>
            </List.Item>
          ))}
        </List>
      </Part>
      <Part title="What words and codes mean">
        <Concepts concepts={concepts} />
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

function LabelledRows({ caption, rows }: { readonly caption: string; readonly rows: readonly Labelled[] }) {
  if (rows.length === 0) return <Text c="dimmed">{caption}: none</Text>;
  return (
    <table className={table.words}>
      <caption>{caption}</caption>
      <tbody>
        {rows.map(({ id, label, text }) => (
          <tr key={id}>
            <th scope="row" className={classes.label}>
              {label}
              {label !== id && (
                <Text size="xs" c="dimmed">
                  {id}
                </Text>
              )}
            </th>
            <td>
              <Outline text={text} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Lines of which some stand further in: two spaces a step. */
function Outline({ text }: { readonly text: string }) {
  return text.split('\n').map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
    <div key={at} style={{ paddingInlineStart: `${line.search(/\S|$/) * 0.75}rem` }}>
      {line.trim()}
    </div>
  ));
}

function Form({ form: { label, repeats, fields } }: { readonly form: SummaryView['instruments'][number] }) {
  return (
    <table className={table.words}>
      <caption>
        {label}{' '}
        {repeats && (
          <Badge variant="light" color="gray" tt="none">
            many rows
          </Badge>
        )}
      </caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Kind</th>
          <th scope="col">Choices</th>
          <th scope="col">Asked</th>
          <th scope="col">Evidence</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ id, label: name, type, unit, choices, required, evidence, visible }) => (
          <tr key={id}>
            <th scope="row">
              {name}
              <Text size="xs" c="dimmed">
                {id}
              </Text>
            </th>
            <td>{[type, unit].filter(Boolean).join(', ')}</td>
            <td>{choices.join(', ')}</td>
            <td>{visible === null ? (required ? 'always' : 'if known') : `if ${visible}`}</td>
            <td>{evidence}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Concepts({ concepts }: Pick<SummaryView, 'concepts'>) {
  return (
    <table className={table.words}>
      <caption>Concept sets</caption>
      <thead>
        <tr>
          <th scope="col">Set</th>
          <th scope="col">Codes</th>
          <th scope="col">Drugs</th>
          <th scope="col">Words in notes</th>
        </tr>
      </thead>
      <tbody>
        {concepts.map(({ id, label, codes, drugs, terms }) => (
          <tr key={id}>
            <th scope="row" className={classes.label}>
              {label}
              <Text size="xs" c="dimmed">
                {id}
              </Text>
            </th>
            <td>{codes.join(', ')}</td>
            <td>{drugs.join(', ')}</td>
            <td>{terms.join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

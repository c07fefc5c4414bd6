import { Badge, Group, Text } from '@mantine/core';
import type { ChartHead } from '../../../../src/server/contract/index.ts';
import classes from './chart-pane.module.css';

/** Whose chart it is, in a line: sex, age, index date, how long the person was seen, how they came in. */
export function ChartSummary({ head }: { readonly head: ChartHead }) {
  const { subject, followUp, indexDates, cameIn } = head;
  const facts = [
    personText(head),
    indexDates.length > 0 && `index ${indexDates.map(({ date }) => date).join(', ')}`,
    followUp.first !== null && `seen ${followUp.first} to ${followUp.last}, ${plural(followUp.visits, 'visit')}`,
    followUp.died !== null && `died ${followUp.died}`,
  ];
  return (
    <Group gap="xs" className={classes.summary}>
      <Text fw={600}>{subject}</Text>
      <Text size="sm" c="dimmed">
        {facts.filter(Boolean).join(' · ')}
      </Text>
      {cameIn?.arms.map(({ id, label }) => (
        <Badge key={id} variant="light" color="gray" tt="none">
          {label}
        </Badge>
      ))}
      {cameIn?.exclusions.map(({ id, label }) => (
        <Badge key={id} variant="light" color="orange" tt="none">
          {label}
        </Badge>
      ))}
    </Group>
  );
}

function personText({ sex, birthYear, ageAtIndex }: ChartHead): string {
  const age =
    ageAtIndex && (ageAtIndex.min === ageAtIndex.max ? `${ageAtIndex.min}` : `${ageAtIndex.min} or ${ageAtIndex.max}`);
  const born = birthYear === null ? 'year of birth not known' : `born ${birthYear}`;
  return `${sex ?? 'sex not known'}, ${age === null ? born : `${age} years at index`}`;
}

function plural(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}

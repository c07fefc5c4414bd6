import { Anchor, Group, Splitter, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useCallback, useRef } from 'react';
import { Link, useParams } from 'react-router';
import type { EvidenceView, ReviewStage } from '../../../../src/server/contract/index.ts';
import { type ChartHandle, ChartPane } from '../../parts/chart/index.ts';
import type { ChartBeside } from './chart-beside.ts';
import { NextChart, useNextChart } from './next-chart.tsx';
import classes from './reading.module.css';
import { useChosenEvidence } from './use-chosen-evidence.ts';

interface Props {
  readonly stage: ReviewStage;
  readonly title: string;
  /** What stands beside the chart. */
  readonly children: (chart: ChartBeside) => ReactNode;
}

/** A chart at the left and what is said of it at the right. Where they meet can be moved, with the mouse or the arrow keys. */
export function ReadingPage(props: Props) {
  const { subject = '' } = useParams();
  // Nothing of one chart may stay on the page while the next is open.
  return <Reading key={subject} {...props} subject={subject} />;
}

function Reading({ stage, title, children, subject }: Props & { readonly subject: string }) {
  const { study = '' } = useParams();
  const next = useNextChart({ study, stage, subject });
  const chart = useRef<ChartHandle>(null);
  const { chosen, chosenNow, onSelect, choose } = useChosenEvidence();
  const jump = useCallback((place: EvidenceView) => chart.current?.focusEvidence(place), []);
  const show = (sentence: EvidenceView) => {
    choose(sentence);
    jump(sentence);
  };
  return (
    <div className={classes.page}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="sm" wrap="nowrap">
          <Anchor component={Link} to={`/studies/${study}/${stage}`} size="sm">
            <Group gap={4} wrap="nowrap">
              <IconArrowLeft size={16} aria-hidden />
              All charts
            </Group>
          </Anchor>
          <Title order={1} size="h2">
            {title}
          </Title>
        </Group>
        <NextChart next={next} />
      </Group>
      <Splitter className={classes.split} lineSize={1} step={2}>
        <Splitter.Pane defaultSize={56} min={30} className={classes.pane}>
          <ChartPane {...{ study, subject }} ref={chart} onSelect={onSelect} />
        </Splitter.Pane>
        <Splitter.Pane defaultSize={44} min={30} className={classes.pane}>
          {children({ study, subject, chosen, chosenNow, choose: show, jump, takeNext: next.take })}
        </Splitter.Pane>
      </Splitter>
    </div>
  );
}

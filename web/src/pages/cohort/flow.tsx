import { Text } from '@mantine/core';
import type { AccountStep, CohortView } from '../../../../src/server/contract/index.ts';
import { type Chosen, keyOf } from './chosen.ts';
import classes from './flow.module.css';
import { isListed, stationsOf } from './stations.ts';

interface FlowProps {
  readonly account: NonNullable<CohortView['account']>;
  readonly arms: CohortView['arms'];
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}

/** The flow of persons through the study. A number that has persons is a button for them. */
export function Flow({ account, arms, chosen, onChoose }: FlowProps) {
  const stations = stationsOf(account.steps);
  const numbers = { chosen, onChoose };
  return (
    <section className={classes.flow} aria-label="Flow of persons">
      {arms && arms.arms.length > 1 && (
        <div className={classes.arms}>
          {arms.arms.map(({ id, label, found }) => (
            <div key={id} className={classes.plain}>
              {label}
              <Text fw={600}>n = {found}</Text>
            </div>
          ))}
        </div>
      )}
      {stations.map(({ step, leaving }, at) => (
        <div key={step.id} className={classes.station}>
          <Box step={step} {...numbers} />
          {at < stations.length - 1 && <div className={classes.way} aria-hidden style={{ gridRow: 2 }} />}
          {leaving.length > 0 && (
            <div className={classes.side} style={{ gridRow: 2 }}>
              {leaving.length > 1 && (
                <Text fw={600}>Left: {leaving.reduce((sum, { removed }) => sum + removed, 0)}</Text>
              )}
              {leaving.map((reason) => (
                <Reason key={reason.id} step={reason} {...numbers} />
              ))}
            </div>
          )}
        </div>
      ))}
    </section>
  );
}

type Choosing = Pick<FlowProps, 'chosen' | 'onChoose'>;

function Box({ step, chosen, onChoose }: Choosing & { readonly step: AccountStep }) {
  const { id, label, n, events } = step;
  const text = (
    <>
      {label}
      <Text component="span" display="block" fw={600}>
        n = {n}
        {events && `, ${events.n} events`}
      </Text>
    </>
  );
  if (!isListed(step)) return <div className={classes.plain}>{text}</div>;
  const own: Chosen = { title: label, step: id, number: 'remaining' };
  return (
    <button
      type="button"
      className={classes.box}
      aria-pressed={chosen !== undefined && keyOf(chosen) === keyOf(own)}
      onClick={() => onChoose(own)}
    >
      {text}
    </button>
  );
}

function Reason({ step, chosen, onChoose }: Choosing & { readonly step: AccountStep }) {
  const { id, label, kind, removed, allFailing, events } = step;
  // Who is not authorized is counted and never listed.
  if (kind === 'authorized')
    return (
      <div className={classes.reason}>
        <span>Use of the record for research not authorized</span>
        <strong>{removed}</strong>
      </div>
    );
  const button = (number: 'left' | 'all-failing', n: number, text: string, title: string) => {
    const own: Chosen = { title, step: id, number };
    return (
      <button
        type="button"
        className={classes.number}
        aria-label={`${title}: ${n}`}
        aria-pressed={chosen !== undefined && keyOf(chosen) === keyOf(own)}
        onClick={() => onChoose(own)}
      >
        {text}
      </button>
    );
  };
  return (
    <div className={classes.reason}>
      <span>{label}</span>
      {button('left', removed, `${removed}${events ? `, ${events.removed} events` : ''}`, `${label}: left here`)}
      {allFailing !== null && allFailing !== removed
        ? button('all-failing', allFailing, `of ${allFailing}`, `${label}: holds for, wherever they left`)
        : null}
    </div>
  );
}

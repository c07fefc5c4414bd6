import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import classes from './printed.module.css';

/** Who was left out and why, step by step. */
export function Account({ steps }: RouteOutput<typeof contract.results>['account']) {
  const isOfEvents = steps.some(({ events }) => events);
  return (
    <section aria-labelledby="caption-account" className={classes.scroll}>
      <table className={classes.printed}>
        <caption id="caption-account">Account of persons</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Left</th>
            <th scope="col">Remain</th>
            {isOfEvents && <th scope="col">Events</th>}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ id, label, kind, n, removed, events }) => (
            <tr key={id}>
              <th scope="row" data-depth={kind === 'exclusion' || kind === 'open' || kind === 'not-analysed' ? 1 : 0}>
                {label}
              </th>
              <td>{removed === 0 && kind !== 'exclusion' ? '' : removed}</td>
              <td>{n}</td>
              {isOfEvents && <td>{events?.n}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

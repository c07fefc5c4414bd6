import { ADVERSE_EVENT, checkAdverseEvents, checkAdverseEventTable } from './check-adverse-events.ts';
import { checkFigures } from './check-figures.ts';
import { checkRelease } from './check-release.ts';
import { checkResponse } from './check-response.ts';
import { checkStatistics } from './check-statistics.ts';
import { checkTable } from './check-tables.ts';
import { checkTreatments } from './check-treatments.ts';
import { type Checker, type Names, PERSON, recordNames, STUDY } from './checker.ts';
import { takenNames } from './expression-vocabulary.ts';
import type { Protocol } from './schema.ts';

/** Response rules, variables, tables and statistics speak of what is there. */
export function checkResults(checker: Checker, protocol: Protocol): void {
  let names = checkTreatments(checker, protocol, subjectNames(protocol));
  if (protocol.response) checkResponse(checker, protocol, protocol.response, names);
  if (protocol.adverseEvents) checkAdverseEvents(checker, protocol, protocol.adverseEvents, names);
  checker.unique(protocol.variables, ['variables']);
  for (const [at, variable] of protocol.variables.entries()) {
    checker.expression(['variables', at, 'value'], variable.value, names);
    const taken = [...takenNames, ...protocol.instruments.map((instrument) => instrument.id)];
    if (taken.includes(variable.id) || (variable.id === 'treatments' && Object.keys(protocol.treatments).length > 0)) {
      const message = `\`${variable.id}\` means something else in expressions.`;
      checker.add(['variables', at, 'id'], 'taken-name', message, 'Choose another id.');
    }
    names = { ...names, focus: { ...names.focus, [variable.id]: undefined } };
  }
  if (protocol.analysed) checker.expression(['analysed', 'when'], protocol.analysed.when, names);
  checker.unique(protocol.tables, ['tables']);
  for (const [at, table] of protocol.tables.entries()) {
    if (table.kind === 'adverse-events') checkAdverseEventTable(checker, protocol, table, ['tables', at], names);
    else checkTable(checker, protocol, table, ['tables', at], names);
  }
  checkFigures(checker, protocol, names);
  checkStatistics(checker, protocol, names);
  checkRelease(checker, protocol);
}

/** What `response` holds. */
const RESPONSE =
  'category responder monthsToResponse assessments bestChange lastMonths durationMonths ended unconfirmed undecided'.split(
    ' ',
  );

/** What an expression about a subject may name. */
function subjectNames(protocol: Protocol): Names {
  const instruments = protocol.instruments.map(({ id }) => [id, Object.keys(recordNames(protocol, id))] as const);
  const response = protocol.response ? { response: RESPONSE } : {};
  const events = protocol.adverseEvents ? { adverseEvents: ADVERSE_EVENT } : {};
  return {
    focus: { id: undefined, person: PERSON, ...Object.fromEntries(instruments), ...response, ...events },
    variables: { study: STUDY },
  };
}

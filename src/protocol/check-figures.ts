import type { YamlPath } from '../base/index.ts';
import { CHOICE_TYPES, checkChoices } from './check-tables.ts';
import { type Checker, type Names, type NameTree, recordNames } from './checker.ts';
import { expressionNames } from './expression-names.ts';
import { subgroupRows } from './figure-rows.ts';
import type { Protocol } from './schema.ts';
import type { DataFigureSpec, FigureOf } from './schema-figures.ts';

/** Figures speak of what is there, and have what their kind needs. */
export function checkFigures(checker: Checker, protocol: Protocol, names: Names): void {
  checker.unique(protocol.figures, ['figures']);
  for (const [at, figure] of protocol.figures.entries()) {
    if (figure.kind !== 'attrition' && figure.kind !== 'arms')
      new FigureCheck(checker, protocol, ['figures', at], names).check(figure);
  }
}

class FigureCheck {
  readonly #checker: Checker;
  readonly #protocol: Protocol;
  readonly #path: YamlPath;
  readonly #names: Names;

  constructor(checker: Checker, protocol: Protocol, path: YamlPath, names: Names) {
    this.#checker = checker;
    this.#protocol = protocol;
    this.#path = path;
    this.#names = names;
  }

  check(figure: DataFigureSpec): void {
    this.#expression(['population'], figure.population);
    switch (figure.kind) {
      case 'response-by-subgroup':
        if (!this.#protocol.response)
          this.#add([], 'unknown-name', 'A figure by response needs the part `response`.', 'Add it.');
        this.#rows(figure.rows);
        break;
      case 'swimmer':
        this.#swimmer(figure);
        break;
      case 'kaplan-meier':
        this.#curve(figure);
        break;
      case 'waterfall':
        this.#expression(['value'], figure.value);
        break;
      case 'spaghetti':
        this.#spaghetti(figure);
        break;
      case 'forest':
        this.#forest(figure);
        break;
    }
  }

  #swimmer({ start, end, ongoing, events }: FigureOf<'swimmer'>): void {
    this.#expression(['start'], start);
    this.#expression(['end'], end);
    this.#expression(['ongoing'], ongoing);
    for (const [at, event] of events.entries()) {
      this.#expression(['events', at, 'over'], event.over);
      this.#ofRow(['events', at, 'at'], event.at, event.over);
    }
  }

  #spaghetti({ over, at, value, line, start }: FigureOf<'spaghetti'>): void {
    this.#expression(['over'], over);
    this.#expression(['start'], start);
    for (const [key, text] of Object.entries({ at, value, line })) this.#ofRow([key], text, over);
  }

  #curve({ statistic: id, population }: FigureOf<'kaplan-meier'>): void {
    if (population !== undefined)
      this.#add(
        ['population'],
        'figure',
        'A curve is of the subjects of its statistic, whatever the population of the figure.',
        'Leave it out, and say among whom in `of` of the statistic.',
      );
    if (!this.#statistic(['statistic'], id)) return;
    const found = this.#protocol.statistics.find((one) => one.id === id);
    if (!found || 'time' in found) return;
    const [what, tip] = isProportion(found)
      ? ['a proportion', 'Name one of the time to an event, or draw it in a figure of kind forest.']
      : ['no time to an event', 'Name a statistic with `time` and `event`.'];
    this.#add(['statistic'], 'figure', `The statistic \`${id}\` is ${what}, which has no curve.`, tip);
  }

  #forest({ rows, proportion }: FigureOf<'forest'>): void {
    this.#expression(['proportion'], proportion);
    const subgroups = rows.filter((row) => 'when' in row || 'choicesOf' in row);
    if (subgroups.length > 0 && proportion === undefined)
      this.#add(['rows'], 'figure', 'The subgroups of a forest need to know who counts.', 'Add `proportion`.');
    for (const [at, row] of rows.entries()) {
      if (!('statistic' in row) || !this.#statistic(['rows', at, 'statistic'], row.statistic)) continue;
      const found = this.#protocol.statistics.find(({ id }) => id === row.statistic);
      if (found && !isProportion(found))
        this.#add(['rows', at, 'statistic'], 'figure', `\`${row.statistic}\` is no proportion.`, 'Name a proportion.');
    }
    this.#rows(rows);
  }

  #rows(rows: readonly FigureOf<'forest'>['rows'][number][]): void {
    const ids: string[] = [];
    for (const [at, row] of rows.entries()) {
      if ('when' in row) this.#expression(['rows', at, 'when'], row.when);
      const sound =
        !('choicesOf' in row) ||
        checkChoices(
          this.#checker,
          this.#protocol,
          [...this.#path, 'rows', at, 'choicesOf'],
          row.choicesOf,
          CHOICE_TYPES,
          row.only,
        );
      if (sound && ('when' in row || 'choicesOf' in row))
        ids.push(...subgroupRows(this.#protocol, row).map(({ id }) => id));
    }
    for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at)))
      this.#add(['rows'], 'duplicate-id', `Two rows of the figure have the id \`${id}\`.`, 'Give each its own id.');
  }

  #statistic(path: YamlPath, id: string): boolean {
    const ids = this.#protocol.statistics.map((statistic) => statistic.id);
    return this.#checker.known([...this.#path, ...path], 'statistic', id, ids);
  }

  #expression(path: YamlPath, text: string | undefined): void {
    if (text !== undefined) this.#checker.expression([...this.#path, ...path], text, this.#names);
  }

  /** An expression about a row of `over`, or about the subject where there is none. */
  #ofRow(path: YamlPath, text: string | undefined, over: string | undefined): void {
    if (text === undefined) return;
    const focus = over === undefined ? this.#names.focus : this.#rowNames(over, text);
    const variables = { ...this.#names.variables, subject: Object.keys(this.#names.focus) };
    this.#checker.expression([...this.#path, ...path], text, { focus, variables });
  }

  /** Of the rows of an instrument the names are known; of others every name is let pass. */
  #rowNames(over: string, text: string): NameTree {
    const known = this.#protocol.instruments.find(({ id, repeats }) => id === over.trim() && repeats);
    if (known) return recordNames(this.#protocol, known.id);
    try {
      return Object.fromEntries(expressionNames(text).paths.map(([name]) => [name, undefined]));
    } catch {
      return {}; // it does not compile, which is told with its reason
    }
  }

  #add(path: YamlPath, code: string, message: string, tip: string): void {
    this.#checker.add([...this.#path, ...path], code, message, tip);
  }
}

function isProportion(statistic: Protocol['statistics'][number]): boolean {
  return 'proportion' in statistic;
}

/** A draft of the next version of a protocol, with a search of notes in it as a criterion. The rest of the text stays. */
import { type Document, isCollection, isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import { ChartproofError } from '../base/index.ts';

/** What a search becomes: an arm that finds candidates, an exclusion by rule, or a criterion for others to name. */
export interface NoteCriterion {
  readonly as: 'arm' | 'exclusion' | 'criterion';
  readonly id: string;
  readonly label: string;
  /** In the search language. */
  readonly query: string;
}

/** The draft, the version that it says it is, and the part that is new, as it stands in it. */
export interface ProtocolDraft {
  readonly yaml: string;
  readonly version: string;
  readonly part: string;
}

/** Adds the criterion as the last of its kind. Whether the draft is sound is for `parseProtocol`. Error: `protocol.id-taken`. */
export function addNoteCriterion(yaml: string, { as, id, label, query }: NoteCriterion): ProtocolDraft {
  const document = parseDocument(yaml);
  const list = LISTS[as];
  const others: unknown = document.get(list);
  const ids = isSeq(others) ? others.items.map((one) => isMap(one) && one.get('id')) : idsOf(others);
  if (ids.includes(id)) {
    throw new ChartproofError('protocol.id-taken', 'The protocol has something of this id already.', {
      tip: 'Give it another id.',
    });
  }
  const version = nextVersion(String(document.get('version')));
  const rule = { note: query };
  const item = as === 'criterion' ? { [id]: rule } : [{ id, label, [as === 'arm' ? 'criterion' : 'rule']: rule }];
  const part = stringify(item, WHOLE);
  const added = { list, others, part, item };
  return {
    yaml: withVersion(withPart(yaml, document, added), version),
    version,
    part: stringify({ [list]: item }, WHOLE),
  };
}

const LISTS = { arm: 'arms', exclusion: 'exclusions', criterion: 'criteria' } as const;
/** Long queries stay on their line: where one is broken, a person has to put it together again. */
const WHOLE = { lineWidth: 0 };

function idsOf(others: unknown): unknown[] {
  return isMap(others) ? others.items.map(({ key }) => (isScalar(key) ? key.value : key)) : [];
}

interface Added {
  readonly list: string;
  readonly others: unknown;
  readonly part: string;
  readonly item: object;
}

/** Puts the lines of the part where it belongs, so that nobody else's line changes. */
function withPart(yaml: string, document: Document, { list, others, part, item }: Added): string {
  if (others === undefined) return `${yaml.trimEnd()}\n${list}:\n${indented(part, 2)}`;
  if ((isSeq(others) || isMap(others)) && !others.flow && others.range) {
    const [start, end] = others.range;
    const column = start - (yaml.lastIndexOf('\n', start - 1) + 1);
    const last = yaml.slice(0, end).trimEnd().length;
    const line = yaml.indexOf('\n', last);
    const at = line < 0 ? yaml.length : line;
    return `${yaml.slice(0, at)}\n${indented(part, column).trimEnd()}${yaml.slice(at)}`;
  }
  // In brackets, or with nothing in it: the list is written anew, and with it the file.
  const plain: unknown = isCollection(others) ? others.toJSON() : null;
  document.set(
    list,
    Array.isArray(item) ? [...((plain as unknown[]) ?? []), ...item] : { ...(plain as object), ...item },
  );
  return document.toString(WHOLE);
}

function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}

function withVersion(yaml: string, version: string): string {
  const found: unknown = parseDocument(yaml).get('version', true);
  if (!isScalar(found) || !found.range) return yaml;
  return `${yaml.slice(0, found.range[0])}"${version}"${yaml.slice(found.range[1])}`;
}

/** The version after this one: its last number and one more. */
export function nextVersion(version: string): string {
  const last = /^(.*?)(\d+)(\D*)$/.exec(version);
  return last ? `${last[1]}${Number(last[2]) + 1}${last[3]}` : `${version}-2`;
}

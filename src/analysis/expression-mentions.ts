/**
 * What a FHIRPath expression speaks of, read from its syntax: which fields of which instruments, which variables. Names in
 * text ('grade'), in `%person` and of other instruments do not count; in `visit.where(grade > 2)` `grade` is a field of
 * `visit`, and so it is in `visit.first().grade` and `visit.where($this.grade > 2)`.
 */
import fhirpath from 'fhirpath';
import type { Protocol } from '../protocol/index.ts';

/** A field by its address. */
export interface FieldSource {
  readonly instrument: string;
  readonly field: string;
}

/** What is mentioned, each as often as it is. `names` are the subject's own: variables, `response`, `person`. */
export interface Mentions {
  readonly fields: readonly FieldSource[];
  /** Instruments asked for as a whole, such as `visit.exists()`. */
  readonly instruments: readonly string[];
  readonly names: readonly string[];
  /** Ids of treatments: `treatments.steroids.prior`; all of them where they are asked for as a whole. */
  readonly treatments: readonly string[];
}

interface Node {
  readonly type?: string;
  readonly text?: string;
  readonly children?: readonly Node[];
}

/** What a part of an expression stands for: the subject, rows of instruments, or a value that has no fields. */
type Focus = 'subject' | 'value' | 'treatments' | ReadonlySet<string>;

/** Functions that give the rows, or some of the rows, that they are asked of. */
const KEEP_ROWS: ReadonlySet<string> = new Set(
  'where first last tail skip take single distinct intersect exclude trace'.split(' '),
);

/** Functions whose argument is asked of each of the rows; those of all others are asked of what is around them. */
const ASK_ROWS: ReadonlySet<string> = new Set('where select all exists repeat iif trace aggregate'.split(' '));

/** Reads an expression whose focus is the subject, or a record of the instrument named. */
export function mentionsOf(protocol: Protocol, expression: string, record?: string): Mentions {
  const reader = new Reader(protocol);
  const focus = record === undefined ? 'subject' : new Set([record]);
  reader.read(fhirpath.parse(expression) as Node, focus, focus);
  const { fields, names } = reader;
  const treatments = reader.asksAll ? Object.keys(protocol.treatments) : [...reader.treatments];
  const instruments = [...reader.instruments].filter((id) => !fields.some((field) => field.instrument === id));
  return { fields, names, instruments, treatments };
}

class Reader {
  readonly fields: FieldSource[] = [];
  readonly names: string[] = [];
  readonly instruments = new Set<string>();
  readonly treatments = new Set<string>();
  readonly #protocol: Protocol;
  #asked = 0;
  #named = 0;

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
  }

  /** Whether `treatments` stands somewhere without the name of one. */
  get asksAll(): boolean {
    return this.#asked > this.#named;
  }

  /** Reads a node asked of a focus, `around` being `$this`; gives what the node stands for. */
  read(node: Node, focus: Focus, around: Focus): Focus {
    const children = node.children ?? [];
    const [left, right] = children;
    switch (node.type) {
      case 'MemberInvocation':
        return this.#member(nameOf(node), focus);
      case 'ThisInvocation':
        return around;
      case 'ExternalConstantTerm':
        return this.#instrument(nameOf(node)) ?? 'value';
      case 'FunctionInvocation':
        return this.#call(left, focus, around);
      case 'InvocationExpression':
        return right ? this.read(right, left ? this.read(left, focus, around) : focus, around) : 'value';
      case 'IndexerExpression': {
        if (right) this.read(right, around, around);
        return left ? this.read(left, focus, around) : 'value';
      }
      default: {
        const parts = children.map((child) => this.read(child, focus, around));
        if (node.type === 'UnionExpression') return together(parts);
        return parts.length === 1 ? (parts[0] ?? 'value') : 'value';
      }
    }
  }

  #member(name: string, focus: Focus): Focus {
    if (focus === 'value') return 'value';
    if (focus === 'treatments') {
      this.#named += 1;
      this.treatments.add(name);
      return 'value';
    }
    if (focus === 'subject') {
      if (name === 'treatments' && Object.keys(this.#protocol.treatments).length > 0) {
        this.#asked += 1;
        return 'treatments';
      }
      const rows = this.#instrument(name);
      if (!rows) this.names.push(name);
      return rows ?? 'value';
    }
    for (const instrument of focus) {
      const fields = this.#protocol.instruments.find((one) => one.id === instrument)?.fields ?? [];
      const field = fields.find(({ id }) => id === name || `${id}_missing` === name);
      if (field) this.fields.push({ instrument, field: field.id });
    }
    return 'value';
  }

  #instrument(name: string): Focus | undefined {
    if (!this.#protocol.instruments.some((one) => one.id === name)) return undefined;
    this.instruments.add(name);
    return new Set([name]);
  }

  #call(functn: Node | undefined, focus: Focus, around: Focus): Focus {
    const [name, parameters] = functn?.children ?? [];
    const called = name ? nameOf(name) : '';
    const asked = ASK_ROWS.has(called) ? focus : around;
    const parts = (parameters?.children ?? []).map((argument) => this.read(argument, asked, asked));
    if (KEEP_ROWS.has(called)) return focus;
    if (called === 'select') return parts[0] ?? 'value';
    if (called === 'iif') return together(parts.slice(1));
    return called === 'union' || called === 'combine' ? together([focus, ...parts]) : 'value';
  }
}

function together(parts: readonly Focus[]): Focus {
  const rows = parts.flatMap((part) => (typeof part === 'string' ? [] : [...part]));
  return rows.length > 0 ? new Set(rows) : 'value';
}

function nameOf(node: Node): string {
  return (node.text ?? '').replaceAll('`', '');
}

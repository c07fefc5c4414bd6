import fhirpath from 'fhirpath';

interface Node {
  readonly type?: string;
  readonly text?: string;
  readonly children?: readonly Node[];
}

/** A name and those that follow it after dots, where there are any. */
export type NamePath = readonly [first: string, second: string | undefined, ...deeper: string[]];

/** What an expression names, each once. */
export interface ExpressionNames {
  /** Paths from the focus. A name in `rows.where(name = 1)` is told as the path `rows.name`. */
  readonly paths: readonly NamePath[];
  /** Paths from `%name`. */
  readonly variables: readonly NamePath[];
  readonly functions: readonly { readonly name: string; readonly arguments: number }[];
  /** Text and dates that stand in it, as written: `'resolved'`, `@2014-03`. */
  readonly literals: readonly string[];
}

/** Functions whose arguments are asked of each item of what they are called on. */
const OF_EACH_ITEM = new Set('where exists all select repeat sort aggregate iif'.split(' '));
/** Functions that give back items of what they are called on. */
const OF_THE_SAME = new Set('where first last tail skip take single distinct sort exclude intersect'.split(' '));
/** Functions whose argument is the name of a type. */
const OF_TYPES = new Set(['ofType', 'is', 'as']);

/** What a part of an expression stands for: the focus, a path, or something of which no name is known. */
type Source = { readonly kind: 'focus' | 'unknown' } | { readonly kind: 'path' | 'variable'; readonly path: NamePath };

const FOCUS: Source = { kind: 'focus' };
const UNKNOWN: Source = { kind: 'unknown' };

/** The names that stand in a FHIRPath expression which compiles. */
export function expressionNames(text: string): ExpressionNames {
  const walk = new Walk();
  walk.use(fhirpath.parse(text) as Node, FOCUS);
  return {
    paths: [...walk.found.path.values()],
    variables: [...walk.found.variable.values()],
    functions: [...walk.functions.values()],
    literals: [...walk.literals],
  };
}

/** Goes through the tree; `scope` is what a name that stands by itself is looked up in. */
class Walk {
  readonly found = { path: new Map<string, NamePath>(), variable: new Map<string, NamePath>() };
  readonly functions = new Map<string, ExpressionNames['functions'][number]>();
  readonly literals = new Set<string>();

  /** Keeps the path that the node ends with. */
  use(node: Node, scope: Source): Source {
    const source = this.#sourceOf(node, scope);
    this.#keep(source);
    return source;
  }

  #keep(source: Source): void {
    if ('path' in source) this.found[source.kind].set(source.path.join('.'), source.path);
  }

  #sourceOf(node: Node, scope: Source): Source {
    const children = node.children ?? [];
    const [first, second] = children;
    switch (node.type) {
      case 'InvocationExpression':
        return first && second ? this.#invoked(second, this.#sourceOf(first, scope), scope) : UNKNOWN;
      case 'MemberInvocation':
      case 'FunctionInvocation':
        return this.#invoked(node, scope, scope);
      case 'ExternalConstantTerm':
        return { kind: 'variable', path: [identifierIn(node), undefined] };
      case 'StringLiteral':
      case 'DateLiteral':
      case 'DateTimeLiteral':
        this.literals.add(node.text ?? '');
        return UNKNOWN;
      case 'ThisInvocation':
        return scope;
      case 'TypeExpression':
        if (first) this.use(first, scope);
        return UNKNOWN;
      case 'IndexerExpression':
        if (second) this.use(second, scope);
        return first ? this.#sourceOf(first, scope) : UNKNOWN;
      default:
        if (first && !second && node.type !== 'PolarityExpression') return this.#sourceOf(first, scope);
        for (const child of children) this.use(child, scope);
        return UNKNOWN;
    }
  }

  /** What a name or a function gives, called on a source. */
  #invoked(node: Node, on: Source, scope: Source): Source {
    if (node.type === 'FunctionInvocation') return this.#called(node, on, scope);
    if (node.type !== 'MemberInvocation') return UNKNOWN;
    const name = plain(node.text ?? '');
    if (on.kind === 'focus') return { kind: 'path', path: [name, undefined] };
    if ('path' in on && on.path[1] === undefined) return { kind: on.kind, path: [on.path[0], name] };
    if ('path' in on) return { kind: on.kind, path: [...on.path, name] };
    return UNKNOWN;
  }

  #called(node: Node, on: Source, scope: Source): Source {
    const name = plain(node.text ?? '');
    if (on !== scope) this.#keep(on);
    const parameters = node.children?.[0]?.children?.find((child) => child.type === 'ParamList')?.children ?? [];
    this.functions.set(`${name}/${parameters.length}`, { name, arguments: parameters.length });
    const within = OF_EACH_ITEM.has(name) ? on : scope;
    if (!OF_TYPES.has(name)) for (const parameter of parameters) this.use(parameter, within);
    return OF_THE_SAME.has(name) ? on : UNKNOWN;
  }
}

function identifierIn(node: Node): string {
  return plain(node.text ?? (node.children?.[0] ? identifierIn(node.children[0]) : ''));
}

/** A name without the backquotes or quotes that it may stand in. */
function plain(name: string): string {
  return /^(['`]).*\1$/.test(name) ? name.slice(1, -1) : name;
}

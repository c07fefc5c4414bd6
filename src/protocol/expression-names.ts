import fhirpath from 'fhirpath';

interface Node {
  readonly type?: string;
  readonly text?: string;
  readonly atRoot?: number;
  readonly children?: readonly Node[];
}

/** What an expression names. */
export interface ExpressionNames {
  /** Paths from the focus: the first name and the one after it, where there is one. Names inside a function's arguments are left out. */
  readonly paths: readonly (readonly [first: string, second: string | undefined])[];
  /** `%name` */
  readonly variables: readonly string[];
}

/** The names that stand in a FHIRPath expression which compiles. */
export function expressionNames(text: string): ExpressionNames {
  const paths: [string, string | undefined][] = [];
  const variables = new Set<string>();
  const walk = (node: Node, inArguments: boolean): void => {
    if (node.type === 'ExternalConstantTerm' && node.text) variables.add(node.text);
    const path = inArguments ? undefined : pathOf(node);
    if (path) {
      paths.push(path);
      if (path[1] !== undefined) return;
    }
    for (const child of node.children ?? []) walk(child, inArguments || child.type === 'ParamList');
  };
  walk(fhirpath.parse(text) as Node, false);
  return { paths, variables: [...variables] };
}

/** `a.b` as its two names, `a` as one; anything else is none of its own. */
function pathOf(node: Node): [string, string | undefined] | undefined {
  if (node.type === 'InvocationExpression') {
    const [left, right] = node.children ?? [];
    const first = left && rootName(left);
    return first !== undefined && right?.type === 'MemberInvocation' && right.text ? [first, right.text] : undefined;
  }
  const name = rootName(node);
  return name === undefined ? undefined : [name, undefined];
}

/** The name of a term that is just a member of the focus. */
function rootName(node: Node): string | undefined {
  if (node.type === 'MemberInvocation') return node.atRoot ? node.text : undefined;
  const [only, ...more] = node.children ?? [];
  const passes = node.type === 'TermExpression' || node.type === 'InvocationTerm';
  return passes && only && more.length === 0 ? rootName(only) : undefined;
}

import type { Parameter } from '../../records/index.ts';

/** SQL and what it is asked with. */
export interface CriterionQuery {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** The parameters of a query that is being written: `bind` takes a value and gives what stands for it. */
export function bindings(): { readonly parameters: Record<string, Parameter>; bind(value: Parameter): string } {
  const parameters: Record<string, Parameter> = {};
  const bind = (value: Parameter): string => {
    const name = `p${Object.keys(parameters).length}`;
    parameters[name] = value;
    return `$${name}`;
  };
  return { parameters, bind };
}

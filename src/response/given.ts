/** A part of an object, there where its value is. */
export function given<Name extends string>(
  name: Name,
  value: number | undefined,
): { readonly [name in Name]?: number } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [name in Name]?: number };
}

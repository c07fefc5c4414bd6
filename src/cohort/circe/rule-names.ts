/** A rule of ATLAS is called by whom it keeps, an exclusion by whom it leaves out. There and back is the same name. */
const [NOT_MET, WITHOUT] = ['Not met: ', 'Without: '];

/** The label of the exclusion that a rule becomes. */
export function labelOfRule(name: string): string {
  return name.startsWith(WITHOUT) ? name.slice(WITHOUT.length) : `${NOT_MET}${name}`;
}

/** The name of the rule that an exclusion becomes. */
export function nameOfRule(label: string): string {
  return label.startsWith(NOT_MET) ? label.slice(NOT_MET.length) : `${WITHOUT}${label}`;
}

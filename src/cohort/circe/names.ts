/** Ids for parts that have only a label. */
export class Names {
  readonly #taken: Set<string>;

  constructor(reserved: readonly string[] = []) {
    this.#taken = new Set(reserved);
  }

  /** `Type 2 diabetes` becomes `type-2-diabetes`; `type-2-diabetes-2` where that is taken. */
  take(label: string): string {
    const words =
      label
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/\p{M}/gu, '')
        .match(/[a-z0-9]+/g) ?? [];
    const plain = words.join('-').slice(0, LONGEST).replace(/-$/, '') || 'unnamed';
    let name = plain;
    for (let next = 2; this.#taken.has(name); next++) name = `${plain}-${next}`;
    this.#taken.add(name);
    return name;
  }
}

const LONGEST = 60;

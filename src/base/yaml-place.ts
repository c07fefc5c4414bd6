import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Place } from './errors.ts';

/** The names and positions that lead from the top of the file to a value. */
export type YamlPath = readonly PropertyKey[];

/** Where a value stands, or (`'key'`) its name; where it is not there, the nearest thing around it that is. */
export type PlaceOf = (path: YamlPath, what?: 'value' | 'key') => Place;

/** The place of an offset into the text of a YAML file. */
export function placeAt(lines: LineCounter, file: string, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

/** How many UTF-16 units before a value, or its name, the text has. */
export function offsetOf(document: Document.Parsed, path: YamlPath, what: 'value' | 'key'): number {
  let node: Node | null | undefined = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const isLast = depth === path.length - 1;
    if (isMap(node)) {
      const pair = pairOf(node, step);
      if (!pair) return offset;
      const value = pair.value as Node | null;
      node = what === 'key' && isLast ? (pair.key as Node) : (value ?? (pair.key as Node));
    } else if (isSeq(node)) {
      node = node.items[Number(step)] as Node | undefined;
    } else {
      return offset;
    }
    offset = node?.range?.[0] ?? offset;
  }
  return offset;
}

/** The offsets of names that their map has already, in the order of the text. The parser itself holds each name against all before it. */
export function repeatedKeys(document: Document.Parsed): number[] {
  const repeated: number[] = [];
  visit(document, {
    Map(_, map) {
      const names = new Set<string>();
      for (const { key } of map.items) {
        const name = nameOf(key);
        if (names.has(name)) repeated.push((key as Node | null)?.range?.[0] ?? 0);
        names.add(name);
      }
    },
  });
  return repeated;
}

/** The pairs of maps by name: a faulty file may have thousands of names in one. */
const pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairOf(map: YAMLMap, name: PropertyKey): Pair | undefined {
  const byName = pairs.get(map) ?? new Map(map.items.map((pair) => [nameOf(pair.key), pair]));
  pairs.set(map, byName);
  return byName.get(String(name));
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type YAMLMap } from 'yaml';
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

function pairOf(map: YAMLMap, name: PropertyKey): YAMLMap['items'][number] | undefined {
  return map.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(name));
}
